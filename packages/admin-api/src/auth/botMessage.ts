import type { OutgoingPart } from '@kamihi/contracts'
import type { Kamihi } from '@kamihi/core'
import { codeMs } from './botCodes.ts'
import { deviceName } from './deviceName.ts'

/** Sends a message that only its reader should see. Not waited for: how long Telegram takes would tell strangers who exists. */
export function sendPrivately(
  { telegram, logger }: Pick<Kamihi, 'telegram' | 'logger'>,
  chatId: number,
  text: string,
): void {
  const part: OutgoingPart = { kind: 'text', text, entities: [], linkPreview: false }
  telegram
    .send(chatId, part, { lane: 'reply' })
    .then((outcome) => {
      if (outcome.kind !== 'sent')
        logger.warning({ outcome: outcome.kind }, 'A message about signing in could not be sent')
    })
    .catch((error: unknown) => logger.error({ err: error }, 'A message about signing in could not be sent'))
}

/** The words around a one-time code. */
export function codeMessage(facts: {
  username: string
  code: string
  at: number
  ip: string
  userAgent: string
}): string {
  const { username, code, at, ip, userAgent } = facts
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ')
  return [
    `Code to sign in as ${username}: ${code}`,
    '',
    `Asked for at ${time} UTC from ${ip}${userAgent ? `, with ${deviceName(userAgent)}` : ''}. It is valid for ${codeMs / 60_000} minutes, in that browser only.`,
    'Do not pass it on. If you did not ask for it, ignore it.',
  ].join('\n')
}
