import { expect, it } from 'vitest'
import { type FaultKind, faultKinds, faultOf, newFaultDraft, presets } from '../../../page/lib/faultDraft.ts'
import { errorWords, scopeWords } from '../../../page/lib/faultWords.ts'
import { createFaults } from '../../../src/faults/faults.ts'

const nameOf = (id: number) => (id === 7 ? 'Ana' : `${id}`)
const fault = (draft: Partial<ReturnType<typeof newFaultDraft>>) => faultOf({ ...newFaultDraft(), ...draft })

it('every kind of the form is a fault that the emulator takes', () => {
  const faults = createFaults()
  for (const kind of Object.keys(faultKinds) as FaultKind[]) faults.add(fault({ kind }))
  for (const { draft } of presets) faults.add(fault(draft))
  expect(faults.list().map(({ error }) => errorWords(error))).toContain('502 with a page of HTML')
})

it('what is left empty means any', () => {
  expect(fault({ method: ' ', chatId: null, percent: 100 })).toEqual({
    times: 1,
    error: { status: 429, description: 'Too Many Requests: retry after 5', retryAfter: 5 },
  })
})

it.each([
  [{ method: 'sendMessage', chatId: 7, times: 3 }, 'sendMessage · to Ana · 3 times'],
  [{ times: null, percent: 50 }, 'any method · until removed · 50 % of the calls'],
  [{}, 'any method · once'],
])('%o reads "%s"', (draft, words) => {
  expect(scopeWords(fault(draft), nameOf)).toBe(words)
})

it.each([
  [{ kind: 'slow', delayMs: 250 }, 'Late by 250 ms'],
  [{ kind: 'slow', delayMs: 90_000 }, 'Late by 1:30'],
  [{ kind: 'blocked' }, '403 Forbidden: bot was blocked by the user'],
  [{ kind: 'cutAfter' }, 'Connection cut after the work is done'],
] as const)('%o is called "%s"', (draft, words) => {
  expect(errorWords(fault(draft).error)).toBe(words)
})
