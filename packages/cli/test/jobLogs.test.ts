import { jobDefaults, type RunLog } from '@kamihi/contracts'
import { openStore } from '@kamihi/store'
import { expect, it } from 'vitest'
import { greet, json, kamihi, project } from './cli.ts'

const now = Date.UTC(2026, 10, 24, 8)
const change = { actor: { kind: 'cli', id: null, name: 'test' }, now } as const

/** A project with a run whose action wrote three lines. */
async function withRun(): Promise<{ dir: string; runId: string }> {
  const dir = project({ 'actions/greet.ts': greet, 'kamihi.yaml': 'jobs: { enabled: true }' })
  await json(dir, 'action', 'list')
  const store = await openStore({ url: `sqlite:///${dir}/kamihi.db` })
  const settings = { ...jobDefaults, userIds: [], roleIds: [], args: {} }
  const saved = await store.jobs.create(
    { ...settings, action: 'greet', cronExpression: '0 9 * * *' },
    null,
    change,
  )
  const asked = { idempotencyKey: 'k', args: null, onlyUserIds: null, dryRun: false }
  const jobId = saved.kind === 'saved' ? saved.value.id : ''
  const outcome = await store.runs.enqueueManual({ jobId, ...asked }, change)
  const runId = outcome.kind === 'enqueued' ? outcome.run.id : ''
  const line = { runId, userId: null, at: now, fields: null }
  await store.runs.addLogs([
    { ...line, level: 'info', message: 'began', fields: { city: 'Paris' } },
    { ...line, level: 'warning', message: 'slow\u001b[31m' },
    { ...line, level: 'error', message: 'Error: no\n2026-11-24T08:00:00.000Z  INFO      forged' },
  ])
  await store.close()
  return { dir, runId }
}

it('kamihi job logs shows what an action wrote, one line after the other, and lets none be forged', async () => {
  const { dir, runId } = await withRun()
  const { stdout, code } = await kamihi(dir, ['job', 'logs', runId])
  expect(code).toBe(0)
  expect(stdout.trimEnd().split('\n')).toEqual([
    '2026-11-24T08:00:00.000Z  INFO      began {"city":"Paris"}',
    '2026-11-24T08:00:00.000Z  WARNING   slow\\u001b[31m',
    '2026-11-24T08:00:00.000Z  ERROR     Error: no',
    '    2026-11-24T08:00:00.000Z  INFO      forged',
  ])
})

it('kamihi job logs shows a level and those above it, as JSON too', async () => {
  const { dir, runId } = await withRun()
  const lines = await json<RunLog[]>(dir, 'job', 'logs', runId, '--level', 'warning')
  expect(lines.map(({ level }) => level)).toEqual(['warning', 'error'])
  expect(lines[0]).toMatchObject({ at: '2026-11-24T08:00:00.000Z', deliveryId: null })
})

it('kamihi job logs of a run that is not there ends with one sentence, and an unknown level is wrong usage', async () => {
  const { dir, runId } = await withRun()
  const missing = await kamihi(dir, ['job', 'logs', 'nothing'])
  expect(missing).toEqual({ code: 1, stdout: '', stderr: 'kamihi: There is no run nothing.\n' })
  const wrong = await kamihi(dir, ['job', 'logs', runId, '--level', 'loud'])
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toContain('trace, debug, info, success, warning, error, critical')
})
