import type { InlineButton } from '../../src/shapes/messages.ts'

/** What pressing a button below a message does. */
export type ButtonDeed =
  | { kind: 'callback'; data: string }
  | { kind: 'link'; url: string }
  | { kind: 'copy'; text: string }
  | { kind: 'dead'; why: string }

const notModelled: Record<string, string> = {
  web_app: 'Mini apps are not modelled here',
  login_url: 'Signing in to a site is not modelled here',
  switch_inline_query: 'Inline queries are not modelled here',
  switch_inline_query_current_chat: 'Inline queries are not modelled here',
  switch_inline_query_chosen_chat: 'Inline queries are not modelled here',
  callback_game: 'Games are not modelled here',
  pay: 'Payments are not modelled here',
}

export function deedOf(button: InlineButton): ButtonDeed {
  if (button.callback_data !== undefined) return { kind: 'callback', data: button.callback_data }
  if (button.url !== undefined) {
    return /^(https?|tg|mailto|tel):/i.test(button.url)
      ? { kind: 'link', url: button.url }
      : { kind: 'dead', why: `This page does not open ${button.url}` }
  }
  const copied = (button as { copy_text?: { text?: unknown } }).copy_text?.text
  if (typeof copied === 'string') return { kind: 'copy', text: copied }
  const name = Object.keys(notModelled).find((key) => key in button)
  return { kind: 'dead', why: notModelled[name ?? ''] ?? 'This kind of button is not modelled here' }
}
