import type { OutgoingPart, RunReason } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import {
  classFilter,
  deliveryWord,
  reasonFilter,
  reasonKey,
  stateFilter,
} from '../../../src/lib/runs/deliveryFilter.ts'
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

describe('the reasons by which deliveries are narrowed', () => {
  const of = (message: string): RunReason => ({ state: 'failed', class: 'action_error', message, count: 1 })

  it('tell two failures of one kind apart by what was said', () => {
    const [first, second] = [of('no city'), of('no name')]
    const filter = reasonFilter([first, second], en)
    expect(filter.choices.map(({ label }) => label)).toEqual([
      'Error in the action: no city (failed)',
      'Error in the action: no name (failed)',
    ])
    expect(filter.toQuery?.(reasonKey(second))).toEqual({
      state: ['failed'],
      class: 'action_error',
      message: 'no name',
    })
  })

  it('are one where nothing of what was said is shown, and narrow by what is', () => {
    const filter = reasonFilter([of(''), of('')], en)
    expect(filter.choices).toHaveLength(1)
    expect(filter.toQuery?.(reasonKey(of('')))).toEqual({ state: ['failed'], class: 'action_error' })
  })

  it('ask for no message that is longer than can be asked for', () => {
    const long = of('x'.repeat(1001))
    expect(reasonFilter([long], en).toQuery?.(reasonKey(long))).not.toHaveProperty('message')
  })
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
