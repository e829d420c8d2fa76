import type { OutgoingPart } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { classFilter, deliveryWord, stateFilter } from '../../../src/lib/runs/deliveryFilter.ts'
import * as en from '../../../src/texts/index.ts'

describe('the states by which deliveries are narrowed', () => {
  it('have one choice for each word', () => {
    const labels = stateFilter(en).choices.map(({ label }) => label)
    expect(labels.filter((label) => label === 'in progress')).toEqual(['in progress'])
    expect(new Set(labels).size).toBe(labels.length)
  })

  it('stand for what the API knows', () => {
    const filter = stateFilter(en)
    expect(filter.toQuery?.('in_progress')).toEqual({ state: ['acting', 'acted', 'sending'] })
    expect(filter.toQuery?.('failed')).toEqual({ state: ['failed'] })
  })
})

it('narrows deliveries by the kind of their failure, for which each has words', () => {
  const { name, choices } = classFilter(en.runs)
  expect(name).toBe('class')
  expect(choices).toContainEqual({ value: 'blocked', label: 'Blocked the bot' })
})

describe('the state of a delivery of a dry run', () => {
  const part: OutgoingPart = { kind: 'text', text: 'Hello', entities: [] }
  const word = (dryRun: boolean, output: OutgoingPart[] | null) =>
    deliveryWord({ dryRun, output: null }, { state: 'no_output', output }, en)

  it('tells output that is not sent from none', () => {
    expect([word(true, [part]), word(true, []), word(false, null)]).toEqual([
      'tried, not sent',
      'no output',
      'no output',
    ])
  })
})
