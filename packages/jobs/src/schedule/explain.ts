import { type Field, fieldsOf, numberOf } from './fields.ts'
import { suggestFields } from './mend.ts'
import type { Refused } from './parse.ts'
import { readPattern } from './pattern.ts'

/** Tells which part of an expression croner does not understand, and why, in the words of this product. */
export function explainRefusal(text: string): Refused {
  const suggestion = suggestFields(text)
  return { kind: 'refused', reason: reasonOf(text), ...(suggestion === null ? {} : { suggestion }) }
}

function reasonOf(text: string): string {
  const fields = fieldsOf(text)
  for (const field of fields) {
    if (isUnderstood(fields, field, field.text)) continue
    const item = field.text.split(',').find((one) => !isUnderstood(fields, field, one))
    return item === undefined
      ? `"${field.text}" is not understood as the ${field.name}: its parts do not go together.`
      : explainItem(field, item)
  }
  return 'It is not understood.'
}

/** Whether a text would do as one field, every other being `*`. */
function isUnderstood(fields: Field[], { index }: Field, text: string): boolean {
  return readPattern(fields.map((_, other) => (other === index ? text : '*')).join(' ')) !== null
}

function explainItem(field: Field, item: string): string {
  return (
    explainShape(field, item) ??
    explainWord(field, item) ??
    explainNumber(field, item) ??
    explainStep(field, item) ??
    explainOrder(field, item) ??
    `"${item}" is not understood as the ${field.name}.`
  )
}

function explainShape({ name, text, low, high }: Field, item: string): string | null {
  if (item === '') return `The list "${text}" of the ${name} has an empty place.`
  if (/^\w*\/\d+$/.test(item))
    return `The step "${item}" of the ${name} needs a range: */step, or from-to/step within ${low}-${high}.`
  return null
}

function explainWord({ name, low, high, names, letters }: Field, item: string): string | null {
  const known = [...names, ...names.map((one) => `${one}L`), ...letters].map((one) => one.toLowerCase())
  const unknown = item.match(/[^\d*/,#?+-]+/g)?.find((word) => !known.includes(word.toLowerCase()))
  if (unknown === undefined) return null
  return `"${unknown}" is not allowed in the ${name}; allowed are ${[`${low}-${high}`, ...names, ...letters].join(', ')}.`
}

function explainNumber({ name, low, high }: Field, item: string): string | null {
  const given = item
    .split(/[/#]/)[0]
    ?.match(/\d+/g)
    ?.find((one) => Number(one) < low || Number(one) > high)
  return given === undefined ? null : `The ${name} ${given} is out of range; ${low}-${high} are allowed.`
}

function explainStep({ name, size }: Field, item: string): string | null {
  const [, nth] = /#(\d+)$/.exec(item) ?? []
  if (nth !== undefined && (Number(nth) < 1 || Number(nth) > 5))
    return `The ${name} #${nth} is out of range; #1-#5 are allowed.`
  const [, step] = /\/(\d+)$/.exec(item) ?? []
  if (step !== undefined && (Number(step) < 1 || Number(step) > size))
    return `The step ${step} of the ${name} is out of range; 1-${size} are allowed.`
  return null
}

function explainOrder(field: Field, item: string): string | null {
  const [, from = '', to = ''] = /^\+?(\w+)-(\w+)/.exec(item) ?? []
  const [first, last] = [numberOf(field, from), numberOf(field, to)]
  if (first === null || last === null || first <= last) return null
  return `The range "${item}" of the ${field.name} runs backwards.`
}
