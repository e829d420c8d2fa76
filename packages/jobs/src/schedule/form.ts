import { suggestForm } from './mend.ts'
import type { Refused } from './parse.ts'

const longest = 256
const nicknames = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'])
const fieldNames = 'minute hour day month weekday'

/** Refuses what does not have the form of a cron expression: five fields (six when allowed), or a nickname. */
export function refuseForm(text: string, allowSeconds: boolean): Refused | null {
  if (text === '') return refused('It is empty.')
  if (text.length > longest)
    return refused(`It has ${text.length} characters; at most ${longest} are allowed.`)
  if (/^\d{4}-\d{2}/.test(text)) return refused('It is a date; a cron expression is expected.')
  if (text.startsWith('@')) return refuseNickname(text)
  return refuseCount(text, allowSeconds)
}

function refuseNickname(text: string): Refused | null {
  if (nicknames.has(text.toLowerCase())) return null
  const known = [...nicknames].join(', ')
  return refused(`There is no nickname "${text}"; known are ${known}.`, suggestForm(text))
}

function refuseCount(text: string, allowSeconds: boolean): Refused | null {
  const count = text.split(/\s+/).length
  if (count === 5 || (count === 6 && allowSeconds)) return null
  const expected = allowSeconds
    ? `five (${fieldNames}) or six (second ${fieldNames}) are expected.`
    : `five are expected (${fieldNames}).`
  const given = count === 6 ? 'six fields' : count === 1 ? '1 field' : `${count} fields`
  const seconds = count === 6 ? ' Seconds are accepted when jobs.allow_seconds is true.' : ''
  return refused(`It has ${given}; ${expected}${seconds}`, suggestForm(text))
}

function refused(reason: string, suggestion: string | null = null): Refused {
  return { kind: 'refused', reason, ...(suggestion === null ? {} : { suggestion }) }
}
