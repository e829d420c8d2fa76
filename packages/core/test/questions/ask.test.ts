import { Value } from '@sinclair/typebox/value'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnswerError, ask, configSchema, type Question } from '../../src/index.ts'

const { questions } = Value.Default(configSchema, {}) as { questions: never }
const context = { config: { timezone: 'UTC', questions }, now: 0 }
const parse = (question: unknown, answer: string) => (question as Question<unknown>).parse(answer, context)
const accepted = (value: unknown) => ({ kind: 'accepted', value })
const refused = (text: string) => ({ kind: 'refused', text })

describe('an answer in text', () => {
  it.each([
    [ask.string('?'), 'anything', accepted('anything')],
    [ask.string('?', { pattern: /\d+/ }), '12', accepted('12')],
    [ask.string('?', { pattern: /\d+/ }), '12a', refused('Please enter a valid string.')],
    [
      ask.string('?', { minLength: 2, maxLength: 3 }),
      'a',
      refused('Please enter a valid string. It has 1 character; at least 2 are needed.'),
    ],
    [
      ask.string('?', { minLength: 2, maxLength: 3 }),
      'abcd',
      refused('Please enter a valid string. It has 4 characters; at most 3 are allowed.'),
    ],
    [ask.string('?', { maxLength: 3, error: 'Three letters!' }), 'abcd', refused('Three letters!')],
  ])('%# has to match whole and keep to its length', async (question, answer, expected) => {
    expect(await parse(question, answer)).toEqual(expected)
  })
})

it('a text that is too long is refused in the words of the bot alone, where it has its own', async () => {
  const own = {
    config: { timezone: 'UTC', questions: { ...(questions as object), stringErrorText: 'Así no.' } as never },
    now: 0,
  }
  expect(await ask.string('?', { maxLength: 3 }).parse('abcd', own)).toEqual(refused('Así no.'))
})

describe('a number', () => {
  it.each([
    [ask.integer('?'), '+7', accepted(7)],
    [ask.integer('?'), ' 1_000 ', accepted(1000)],
    [ask.number('?'), '-2.5', accepted(-2.5)],
    [ask.number('?', { multipleOf: 0.1 }), '0.3', accepted(0.3)],
  ])('%# is read as people write it', async (question, answer, expected) => {
    expect(await parse(question, answer)).toEqual(expected)
  })

  it.each(['', ' ', 'seven', '0x10', '1e3', '1.5', '1__0', '_1', '99999999999999999999'])(
    'that is not whole is refused: "%s"',
    async (answer) => {
      expect(await parse(ask.integer('?'), answer)).toEqual(refused('Please enter a valid integer.'))
    },
  )

  it.each([
    [{ max: 5 }, '6', 'The provided integer must be less than or equal to 5.'],
    [{ min: 5 }, '4', 'The provided integer must be greater than or equal to 5.'],
    [{ lessThan: 5 }, '5', 'The provided integer must be less than 5.'],
    [{ greaterThan: 5 }, '5', 'The provided integer must be greater than 5.'],
    [{ multipleOf: 5 }, '7', 'The provided integer must be a multiple of 5.'],
  ])('outside of %o is refused with the limit', async (limits, answer, text) => {
    expect(await parse(ask.integer('?', limits), answer)).toEqual(refused(text))
  })

  it('that is accepted fits the shape that args of a job are checked against', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), fc.maxSafeInteger(), async (a, b, value) => {
        const question = ask.integer('?', { min: Math.min(a, b), max: Math.max(a, b) })
        const outcome = await parse(question, String(value))
        expect(outcome.kind === 'accepted').toBe(Value.Check(question.schema, value))
      }),
    )
  })
})

describe('a day or a time', () => {
  it.each([
    [ask.date('?'), '2026-02-28', accepted('2026-02-28')],
    [ask.date('?'), '2026-02-30', refused('Please enter a valid date.')],
    [ask.date('?'), '30.02.2026', refused('Please enter a valid date.')],
    [ask.time('?'), '08:30', accepted('08:30')],
    [ask.time('?'), '24:10', refused('Please enter a valid time.')],
    [ask.datetime('?'), '2026-11-24 08:30', accepted('2026-11-24 08:30')],
    [ask.datetime('?'), '2026-04-31 08:30', refused('Please enter a valid date and time.')],
  ])('%# has to exist', async (question, answer, expected) => {
    expect(await parse(question, answer)).toEqual(expected)
  })
})

describe('a choice', () => {
  it.each([
    [ask.boolean('?'), ' YES ', accepted(true)],
    [ask.boolean('?'), 'f', accepted(false)],
    [ask.boolean('?', { trueValues: ['si'] }), 'yes', refused('Please answer with yes or no.')],
    [ask.choice('?', { Paris: 1 }), 'Paris', accepted(1)],
    [ask.choice('?', () => ['Paris']), 'Paris', accepted('Paris')],
    [ask.choice('?', ['Paris']), 'Rome', refused('Please select a valid option.')],
  ])('%# is one of what is offered', async (question, answer, expected) => {
    expect(await parse(question, answer)).toEqual(expected)
  })
})

describe('own rules', () => {
  const validateAfter = () => {
    throw new AnswerError('not that one')
  }
  it('say what is wrong, unless the question has its own words for it', async () => {
    expect(await parse(ask.string('?', { validateAfter }), 'x')).toEqual(refused('not that one'))
    expect(await parse(ask.string('?', { validateAfter, error: 'No.' }), 'x')).toEqual(refused('No.'))
  })

  it('see the answer before and after it was understood, and may change it', async () => {
    const question = ask.integer('?', {
      validateBefore: (answer) => answer.replace('€', ''),
      validateAfter: (value) => value * 100,
    })
    expect(await parse(question, '5€')).toEqual(accepted(500))
  })
})
