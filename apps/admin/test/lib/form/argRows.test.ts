import { expect, it } from 'vitest'
import { argRowsOf } from '../../../src/lib/form/argRows.ts'
import * as en from '../../../src/texts/index.ts'

const rowOf = (property: object, required: string[] = []) =>
  argRowsOf({ properties: { arg: property }, required }, en.actions)[0]

it('tells type, question, limits and default of an argument in words', () => {
  const property = { type: 'integer', title: 'How many?', minimum: 1, maximum: 9, default: 3 }
  expect(rowOf(property, ['arg'])).toEqual({
    name: 'arg',
    question: 'How many?',
    type: 'whole number',
    isRequired: true,
    fallback: '3',
    limits: ['at least 1', 'at most 9'],
  })
})

it.each([
  [{ type: 'string', format: 'date' }, 'date'],
  [{ type: 'string', format: 'nobody knows it' }, 'text'],
  [{ enum: ['Paris', 2] }, 'one of Paris, 2'],
  [{ anyOf: [{ const: 'a' }, { const: 'b' }] }, 'one of a, b'],
  [{ type: 'array', items: { type: 'number' } }, 'list of number'],
  [{}, 'anything'],
  [{ type: ['string', 'null'] }, 'string,null'],
])('calls %j %s', (property, type) => {
  expect(rowOf(property)?.type).toBe(type)
})

it('says how long a text may be', () => {
  expect(rowOf({ type: 'string', minLength: 1, maxLength: 40 })?.limits).toEqual([
    'at least 1 character',
    'at most 40 characters',
  ])
})

it('knows an action that asks for nothing', () => {
  expect(argRowsOf(null, en.actions)).toEqual([])
})
