import type { CronIssue } from '@kamihi/contracts'
import { type Field, fieldsOf, numberOf } from './fields.ts'
import { suggestFields } from './mend.ts'
import { readPattern } from './pattern.ts'
import { type Refused, refused } from './refused.ts'

/** Tells which part of an expression croner does not understand, and why. */
export const explainRefusal = (text: string): Refused => refused(issueOf(text), suggestFields(text))

function issueOf(text: string): CronIssue {
  const fields = fieldsOf(text)
  for (const field of fields) {
    if (isUnderstood(fields, field, field.text)) continue
    const item = field.text.split(',').find((one) => !isUnderstood(fields, field, one))
    return item === undefined
      ? { kind: 'parts_do_not_go_together', field: field.name, given: field.text }
      : explainItem(field, item)
  }
  return { kind: 'not_understood' }
}

/** Whether a text would do as one field, every other being `*`. */
function isUnderstood(fields: Field[], { index }: Field, text: string): boolean {
  return readPattern(fields.map((_, other) => (other === index ? text : '*')).join(' ')) !== null
}

function explainItem(field: Field, item: string): CronIssue {
  return (
    explainShape(field, item) ??
    explainWord(field, item) ??
    explainNumber(field, item) ??
    explainStep(field, item) ??
    explainOrder(field, item) ?? { kind: 'item_not_understood', field: field.name, given: item }
  )
}

function explainShape({ name, text, low, high }: Field, item: string): CronIssue | null {
  if (item === '') return { kind: 'empty_place', field: name, given: text }
  if (/^\w*\/\d+$/.test(item)) return { kind: 'step_needs_range', field: name, given: item, low, high }
  return null
}

function explainWord({ name, low, high, names, letters }: Field, item: string): CronIssue | null {
  const known = [...names, ...names.map((one) => `${one}L`), ...letters].map((one) => one.toLowerCase())
  const unknown = item.match(/[^\d*/,#?+-]+/g)?.find((word) => !known.includes(word.toLowerCase()))
  if (unknown === undefined) return null
  const allowed = [`${low}-${high}`, ...names, ...letters]
  return { kind: 'word_not_allowed', field: name, given: unknown, allowed }
}

function explainNumber({ name, low, high }: Field, item: string): CronIssue | null {
  const given = item
    .split(/[/#]/)[0]
    ?.match(/\d+/g)
    ?.find((one) => Number(one) < low || Number(one) > high)
  return given === undefined ? null : { kind: 'out_of_range', field: name, given, low, high }
}

function explainStep({ name, size }: Field, item: string): CronIssue | null {
  const [, nth] = /#(\d+)$/.exec(item) ?? []
  if (nth !== undefined && (Number(nth) < 1 || Number(nth) > 5))
    return { kind: 'nth_out_of_range', field: name, given: nth }
  const [, step] = /\/(\d+)$/.exec(item) ?? []
  if (step !== undefined && (Number(step) < 1 || Number(step) > size))
    return { kind: 'step_out_of_range', field: name, given: step, most: size }
  return null
}

function explainOrder(field: Field, item: string): CronIssue | null {
  const [, from = '', to = ''] = /^\+?(\w+)-(\w+)/.exec(item) ?? []
  const [first, last] = [numberOf(field, from), numberOf(field, to)]
  if (first === null || last === null || first <= last) return null
  return { kind: 'backwards', field: field.name, given: item }
}
