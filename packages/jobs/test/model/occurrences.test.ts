import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { anyCommands, resume, resumeAll, settingsOf, tick } from './commands.ts'
import { type Model, newSystem, newTemplate, type Real } from './system.ts'

/** Cases; a release is tried with two thousand. */
const numRuns = Number(process.env.KAMIHI_MODEL_CASES ?? 100)
/** The same cases in every run; another seed looks elsewhere. */
const seed = { seed: Number(process.env.KAMIHI_MODEL_SEED ?? 21) }

/** Near the clock changes of the zones that are tried, and far from any. */
const starts = fc.constantFrom(
  Date.UTC(2026, 2, 28, 23, 59, 30),
  Date.UTC(2026, 9, 24, 22, 10, 5),
  Date.UTC(2026, 3, 4, 14, 0, 0),
  Date.UTC(2026, 10, 24, 8, 0, 5),
)

describe('occurrences', () => {
  let template: string
  beforeAll(async () => {
    template = await newTemplate()
  })

  it('each have one recorded end, whatever is done to their job, to the clock and to the processes', {
    timeout: 300_000 + numRuns * 6000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        starts,
        settingsOf,
        settingsOf,
        anyCommands(40),
        async (start, one, other, commands) => {
          const system = await newSystem(template, start, [one, other])
          try {
            await fc.asyncModelRun(() => system, commands)
            await comeToDate(system.model, system.real)
          } finally {
            await system.real.close()
          }
        },
      ),
      { numRuns, ...seed },
    )
  })
})

/** Once nothing is paused any more, a tick leaves nothing of the past without its end. */
async function comeToDate(model: Model, real: Real): Promise<void> {
  model.now = Math.max(model.now, model.latest) + 1000
  await resumeAll().run(model, real)
  for (const index of model.jobs.keys()) await resume(index).run(model, real)
  await tick(model, real)
  for (const { cursor } of model.jobs) if (cursor !== null) expect(cursor).toBeGreaterThan(model.now)
}
