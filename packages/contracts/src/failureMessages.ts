/** What Kamihi itself says about a call or a message that failed, in English; everything else was said by an action or by Telegram. */
export const failureMessages = {
  ended_acting: 'The process ended while the action ran; it is not known how far it came.',
  ended_sending: 'The process ended while the message was in the air; it may have arrived.',
  restored_acting: 'The backup was made while the action ran; it is not known how far it came.',
  restored_sending: 'The backup was made while the message was in the air; it may have arrived.',
  action_missing: 'The action is not in the code.',
  user_removed: 'This person is no user any more.',
} as const
