import { boundsIssue, issueWords, telegramServices, wordsOfIssue } from '@kamihi/contracts'
import { InvalidArgumentError } from 'commander'

/** A Telegram id as people type it: a positive integer of at most 16 digits, and that of a person. */
export function telegramId(text: string): number {
  const value = Number(text)
  if (!/^\d{1,16}$/.test(text) || value < 1 || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('Must be a positive integer with up to 16 digits')
  if (telegramServices.includes(value))
    throw new InvalidArgumentError(`${value} ${issueWords.telegram_service({ kind: 'telegram_service' })}`)
  return value
}

/** A repeatable option of Telegram ids. */
export const telegramIds = (text: string, before: number[] = []): number[] => [...before, telegramId(text)]

/** A repeatable option of words. */
export const words = (text: string, before: string[] = []): string[] => [...before, text]

/** An instant with its zone, in epoch milliseconds. */
export function instant(text: string): number {
  const value = Date.parse(text)
  if (!/(z|[+-]\d\d:?\d\d)$/i.test(text) || Number.isNaN(value))
    throw new InvalidArgumentError('Write an instant with its zone, e.g. 2026-11-24T08:00:00Z')
  return value
}

/** A JSON object of no more than may be kept. */
export function jsonObject(text: string): Record<string, unknown> {
  const value = parsedObject(text)
  const issue = boundsIssue(value)
  if (issue) throw new InvalidArgumentError(`Invalid JSON data: it ${wordsOfIssue(issue, issueWords)}`)
  return value
}

function parsedObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch (error) {
    throw new InvalidArgumentError(
      `Invalid JSON data: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  throw new InvalidArgumentError('Invalid JSON data: an object is expected, e.g. {"name": "Ana"}')
}
