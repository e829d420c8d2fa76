import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admitOccurrence, admitRequest, type OpenRun, policyOf } from '../src/overlap.ts'

const policies = ['skip', 'queue', 'replace', 'allow'] as const
const choices = [null, 'wait', 'replace'] as const

/** Runs as they are open together, oldest first: those behind the first may wait. */
const anyOpen = fc
  .array(
    fc.record({
      trigger: fc.constantFrom('schedule', 'manual', 'retry'),
      state: fc.constantFrom('queued', 'running', 'paused'),
    }),
    { maxLength: 6 },
  )
  .map((list) => list.map((run, index): OpenRun => ({ ...run, id: `run ${index}` })) as OpenRun[])

const idsOf = (open: OpenRun[]) => open.map(({ id }) => id)

describe('an occurrence that comes while runs are open', () => {
  it('with nothing open runs, whatever the policy', () => {
    for (const policy of policies)
      expect(admitOccurrence(policy, [])).toEqual({ kind: 'admitted', cancels: [], displaces: [] })
  })

  it('is left out, waits as the only one, takes their place, or runs beside them', () => {
    fc.assert(
      fc.property(anyOpen, (open) => {
        fc.pre(open.length > 0)
        expect(admitOccurrence('skip', open)).toEqual({ kind: 'blocked', blocking: 'run 0' })
        expect(admitOccurrence('allow', open)).toMatchObject({ cancels: [], displaces: [] })
        expect(admitOccurrence('replace', open)).toMatchObject({ cancels: idsOf(open), displaces: [] })
        const queued = admitOccurrence('queue', open)
        const displaced = new Set(queued.kind === 'admitted' ? queued.displaces : [])
        const stays = open.filter(({ id }) => !displaced.has(id))
        // The one whose turn it is stays, as does all that a person asked for; of the schedule nothing else waits.
        expect(stays[0]?.id).toBe('run 0')
        expect(open.filter(({ trigger, state }) => trigger !== 'schedule' || state !== 'queued')).toEqual(
          stays.filter(({ trigger, state }) => trigger !== 'schedule' || state !== 'queued'),
        )
        const waiting = stays
          .slice(1)
          .filter(({ trigger, state }) => trigger === 'schedule' && state === 'queued')
        expect(waiting).toEqual([])
      }),
    )
  })
})

describe('a run by hand that comes while runs are open', () => {
  it('is refused only where it would not run now and nothing was chosen', () => {
    fc.assert(
      fc.property(
        anyOpen,
        fc.constantFrom(...policies),
        fc.constantFrom(...choices),
        (open, policy, chosen) => {
          const decision = admitRequest(policy, chosen, open)
          const mayBeRefused = open.length > 0 && chosen === null && (policy === 'skip' || policy === 'queue')
          expect(decision.kind).toBe(mayBeRefused ? 'blocked' : 'admitted')
          if (decision.kind === 'blocked') expect(decision.blocking).toBe('run 0')
          else expect(decision.displaces).toEqual([])
        },
      ),
    )
  })

  it('cancels what is open where it replaces, and else nothing', () => {
    const open: OpenRun[] = [{ id: 'a', trigger: 'schedule', state: 'running' }]
    const cancelled = (policy: (typeof policies)[number], chosen: (typeof choices)[number]) => {
      const decision = admitRequest(policy, chosen, open)
      return decision.kind === 'admitted' ? decision.cancels : null
    }
    for (const policy of policies) expect(cancelled(policy, 'replace')).toEqual(['a'])
    for (const policy of policies) expect(cancelled(policy, 'wait')).toEqual([])
    expect([cancelled('replace', null), cancelled('allow', null)]).toEqual([['a'], []])
  })

  it('that waits begins after the others, whatever its job says', () => {
    expect(policies.map((policy) => policyOf(policy, 'wait'))).toEqual(['queue', 'queue', 'replace', 'queue'])
    expect(policies.map((policy) => policyOf(policy, null))).toEqual([...policies])
  })
})
