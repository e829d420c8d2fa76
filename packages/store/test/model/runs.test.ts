import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { isTerminalDelivery } from '../../src/states.ts'
import { anyCommands, drain } from './commands.ts'
import { isOpen } from './reference.ts'
import { keyOf, type Model, newSystem, newTemplate, type Real } from './system.ts'

/** Ids are random; here by a generator of our own that each case starts anew, so that a seed gives the same case again. */
vi.mock('../../src/ids.ts', async () => ({ newId: (await import('./ids.ts')).newId }))

/** Cases; a release is tried with two thousand. */
const numRuns = Number(process.env.KAMIHI_MODEL_CASES ?? 100)
/** The same cases in every run; another seed looks elsewhere. */
const seed = { seed: Number(process.env.KAMIHI_MODEL_SEED ?? 7) }

const shape = fc.record({
  overlap: fc.constantFrom('skip', 'queue', 'replace', 'allow'),
  delivery: fc.constantFrom('at-least-once', 'at-least-once', 'at-most-once'),
  perUser: fc.boolean(),
  idempotent: fc.boolean(),
} as const)

describe('runs and deliveries', () => {
  let template: string
  beforeAll(async () => {
    template = await newTemplate()
  })

  it('are what a plain reference says after whatever happens to them, and all end once one worker is well', {
    timeout: 300_000 + numRuns * 6000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(shape, shape, anyCommands(40), async (one, other, commands) => {
        const system = await newSystem(template, [one, other])
        try {
          await fc.asyncModelRun(() => system, commands)
          await drain(system.model, system.real)
          expectAllEnded(system.model, system.real)
        } finally {
          system.real.db.close()
          await system.real.store.close()
        }
      }),
      { numRuns, ...seed },
    )
  })
})

function expectAllEnded(model: Model, real: Real): void {
  expect(model.runs.filter(isOpen).map(({ id, state }) => `${id} ${state}`)).toEqual([])
  const deliveries = model.runs.flatMap((run) => run.people ?? [])
  expect(
    deliveries.filter(({ state }) => !isTerminalDelivery(state)).map(({ id, state }) => `${id} ${state}`),
  ).toEqual([])
  for (const delivery of deliveries.filter(({ state }) => state === 'sent')) {
    const parts = Array.from({ length: delivery.output ?? 0 }, (_, part) => keyOf(delivery, part))
    expect(parts.filter((key) => !real.arrived.has(key))).toEqual([])
  }
}
