import { describe, expect, it } from 'vitest'
import { argFieldsOf, parseArgs, typedOf, withArg } from '../../../src/lib/form/argFields.ts'

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', title: 'What is your name?' },
    age: { type: 'integer', title: 'How old?' },
    day: { type: 'string', format: 'date', title: 'When?' },
    loud: { type: 'boolean', title: 'Loud?' },
    size: { enum: [1, 'large', null], title: 'Size?' },
    spot: { type: 'object', title: 'Where?' },
  },
  required: ['name'],
}
const [name, age, day, loud, size, spot] = argFieldsOf(schema) as [Field, Field, Field, Field, Field, Field]
type Field = ReturnType<typeof argFieldsOf>[number]

describe('the form for args', () => {
  it('asks what the action asks, in its order and with fitting inputs', () => {
    expect([name, age, day, loud, size, spot].map(({ kind, inputType }) => `${kind}/${inputType}`)).toEqual([
      'text/text',
      'number/number',
      'text/date',
      'boolean/text',
      'choice/text',
      'json/text',
    ])
    expect(name).toMatchObject({ title: 'What is your name?', required: true })
    expect(argFieldsOf(null)).toEqual([])
  })

  it('writes what was typed as the type that the action expects', () => {
    let args: Record<string, unknown> = { other: 'kept' }
    args = withArg(args, name, 'Ana')
    args = withArg(args, age, '41')
    args = withArg(args, loud, 'true')
    args = withArg(args, size, '1')
    expect(args).toEqual({ other: 'kept', name: 'Ana', age: 41, loud: true, size: 'large' })
    expect([name, age, loud, size].map((field) => typedOf(args, field))).toEqual(['Ana', '41', 'true', '1'])
  })

  it('leaves an emptied answer out, so that the action gets null', () => {
    expect(withArg({ name: 'Ana', age: 4 }, name, '')).toEqual({ age: 4 })
  })

  it('keeps a number that is none as it was typed, for the server to warn about', () => {
    expect(withArg({}, age, '4x')).toEqual({ age: '4x' })
  })
})

describe('args as JSON', () => {
  it('have to be an object', () => {
    expect(parseArgs('')).toEqual({ kind: 'args', args: {} })
    expect(parseArgs('{"city": "Paris"}')).toEqual({ kind: 'args', args: { city: 'Paris' } })
    for (const text of ['[1]', '"x"', 'null', '5']) expect(parseArgs(text).kind).toBe('wrong')
  })

  it('that cannot be read name line and column', () => {
    const parsed = parseArgs('{\n  "city": Paris\n}')
    expect(parsed).toEqual({ kind: 'wrong', problem: { kind: 'not_json', line: 2, column: 11 } })
  })
})
