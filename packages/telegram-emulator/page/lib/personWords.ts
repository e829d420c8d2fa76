import type { EmulatedUser } from '../../src/shapes/people.ts'

/** How a person stands to the bot, or their id and name when there is nothing to tell. */
export function personWords({ id, username, deactivated, blocked, started }: EmulatedUser): string {
  if (deactivated) return `${id} · account deleted`
  if (blocked) return `${id} · blocked the bot`
  if (!started) return `${id} · not started`
  return username ? `${id} · @${username}` : `${id}`
}
