import type { AttentionItem } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { attentionKey, attentionRow } from '../../../src/lib/home/attention.ts'
import { es } from '../../../src/texts/es/index.ts'
import * as en from '../../../src/texts/index.ts'

const at = '2026-11-26T09:00:00.000Z'
const job = { id: 'j1', name: 'Report', action: 'report' }
const say = {
  time: (instant: number) => new Date(instant).toISOString().slice(11, 16),
  duration: () => '14 s',
}
const row = (item: AttentionItem) => attentionRow(item, en, say)

describe('what waits for a person', () => {
  const failed = {
    kind: 'run_failed',
    at,
    runId: 'r1',
    job,
    state: 'partial',
    total: 118,
    unreached: 3,
    runs: 1,
  } as const

  it('offers to send again to those who did not get it', () => {
    const item = row(failed)
    expect(item.text).toBe('Report: 3 of 118 people did not get it')
    expect(item.remedy).toEqual({ kind: 'retry', runId: 'r1', count: 3 })
    expect(item.look.tone).toBe('warn')
    expect(item.detail).toBeNull()
  })

  it('tells how many runs of a job failed, as one row that stays the same when another fails', () => {
    const [item, next] = [row({ ...failed, runs: 19 }), row({ ...failed, runId: 'r2', runs: 20 })]
    expect(item.detail).toBe('19 runs of it failed in the last 7 days; this is the newest')
    expect(attentionKey({ ...failed, runId: 'r2' })).toBe(attentionKey(failed))
    expect(next.links[0]?.href).toBe('/runs/r2')
  })

  it('does not blame the action where a run was too late', () => {
    const item = row({ ...failed, state: 'expired', total: 0, unreached: 0 })
    expect(item.text).toBe('Report: a run could not be finished within its deadline')
    expect(item.remedy).toBeNull()
  })

  it('has nobody to send again to when the action itself failed', () => {
    const item = row({ ...failed, state: 'failed', total: 0, unreached: 0 })
    expect(item.text).toBe('Report: the action failed')
    expect(item.remedy).toBeNull()
  })

  it('tells from when to when runs were missed, and leads to why', () => {
    const from = '2026-11-26T02:10:00.000Z'
    const item = row({ kind: 'missed', at, runId: 'r1', job, from, to: '2026-11-26T06:45:00.000Z', count: 5 })
    expect(item.text).toBe('Report missed 5 runs')
    expect(item.detail).toBe('02:10 to 06:45')
    expect(item.links).toEqual([
      { href: '/jobs/j1?tab=schedule', label: 'Why' },
      { href: '/jobs/j1?run=1', label: 'Run now' },
    ])
  })

  it('names one time once', () => {
    expect(row({ kind: 'missed', at, runId: 'r1', job, from: at, to: at, count: 1 }).detail).toBe('09:00')
  })

  it('tells a pause by the breaker from one by a person', () => {
    const paused = { kind: 'run_paused', at, runId: 'r1', job } as const
    const breaker = row({ ...paused, by: 'breaker', reason: 'bad_request: chat not found' })
    expect(breaker.text).toContain('paused itself after the same error')
    expect(breaker.detail).toBe('bad_request: chat not found')
    const person = row({ ...paused, by: 'ana', reason: 'wrong text' })
    expect(person.text).toBe('Report is paused')
    expect(person.detail).toBe('by ana: wrong text')
    expect(person.remedy).toEqual({ kind: 'resume_run', runId: 'r1' })
  })

  it('leads to the actions that could not be loaded', () => {
    const item = { kind: 'actions_broken', at, count: 2, actions: ['bad', 'worse'] } as const
    expect(row({ ...item, actions: [...item.actions] })).toMatchObject({
      text: '2 actions could not be loaded',
      detail: '/bad, /worse',
      links: [{ href: '/actions?state=broken' }],
    })
    const one = { ...item, count: 1, actions: ['bad'] }
    expect(attentionRow(one, es, say).text).toBe('No se pudo cargar 1 acción')
  })

  it('leads to the one job that is paused, and to the list of several', () => {
    const one = row({ kind: 'jobs_paused', at, count: 1, jobs: [job] })
    expect(one.links[0]?.href).toBe('/jobs/j1')
    const two = row({ kind: 'jobs_paused', at, count: 2, jobs: [job, { ...job, id: 'j2' }] })
    expect(two.links[0]?.href).toBe('/jobs?attention=true')
  })

  it('lets the scheduler be resumed', () => {
    const item = row({ kind: 'scheduler_paused', at, by: 'ana', reason: null })
    expect(item.remedy).toEqual({ kind: 'resume_scheduler' })
  })

  it('says it in Spanish', () => {
    const item = attentionRow(
      { kind: 'action_blocked', at, action: 'report', state: 'broken', error: 'x', jobCount: 2 },
      es,
      say,
    )
    expect(item.text).toBe('/report: acción rota; 2 tareas la esperan')
  })
})
