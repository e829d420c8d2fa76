import { suggestForm } from './mend.ts'
import { type Refused, refused } from './refused.ts'

const longest = 256
const nicknames = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']

/** Refuses what does not have the form of a cron expression: five fields (six when allowed), or a nickname. */
export function refuseForm(text: string, allowSeconds: boolean): Refused | null {
  if (text === '') return refused({ kind: 'empty' })
  if (text.length > longest) return refused({ kind: 'too_long', length: text.length, most: longest })
  if (/^\d{4}-\d{2}/.test(text)) return refused({ kind: 'date' })
  if (text.startsWith('@')) return refuseNickname(text)
  return refuseCount(text, allowSeconds)
}

function refuseNickname(text: string): Refused | null {
  if (nicknames.includes(text.toLowerCase())) return null
  return refused({ kind: 'nickname', given: text, known: nicknames }, suggestForm(text))
}

function refuseCount(text: string, allowSeconds: boolean): Refused | null {
  const count = text.split(/\s+/).length
  if (count === 5 || (count === 6 && allowSeconds)) return null
  return refused({ kind: 'field_count', count, withSeconds: allowSeconds }, suggestForm(text))
}
