import { type Job, jobDefaults, type Occurrences } from '@kamihi/contracts'
import { openStore, type Store } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { freePort, greet, json, kamihi, project, running } from './cli.ts'

const change = { actor: { kind: 'cli', id: null, name: 'test' }, now: Date.now() } as const

/** A project with one job that runs once a year, at noon of the first of January in UTC. */
async function withJob() {
  const dir = project({ 'actions/greet.ts': greet, 'kamihi.yaml': 'jobs: { enabled: true }' })
  await json(dir, 'action', 'list')
  const next = Date.UTC(new Date().getUTCFullYear() + 1, 0, 1, 12)
  const id = await inStore(dir, async (store) => {
    const settings = {
      ...jobDefaults,
      userIds: [],
      roleIds: [],
      action: 'greet',
      cronExpression: '0 12 1 1 *',
    }
    const created = await store.jobs.create({ ...settings, args: {} }, next, change)
    if (created.kind !== 'saved') throw new Error(created.kind)
    return created.value.id
  })
  return { dir, id, next: new Date(next).toISOString() }
}

async function inStore<T>(dir: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ url: `sqlite:///${dir}/kamihi.db` })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

describe('kamihi job', () => {
  it('pause and resume hold a job and let it go', async () => {
    const { dir, id, next } = await withJob()
    const paused = await json<Job>(dir, 'job', 'pause', id, '--reason', 'holiday')
    expect(paused).toMatchObject({ id, nextRunAt: null, paused: { reason: 'holiday' } })
    expect((await kamihi(dir, ['job', 'list'])).stdout).toContain(`paused by ${paused.paused?.by}`)
    expect(await json<Job>(dir, 'job', 'resume', id)).toMatchObject({ paused: null, nextRunAt: next })
  })

  it('takes a job by its name, and lists the ids where several have it', async () => {
    const { dir, id } = await withJob()
    const names = (name: string) => ({
      ...jobDefaults,
      userIds: [],
      roleIds: [],
      args: {},
      action: 'greet',
      cronExpression: '0 12 1 1 *',
      name,
    })
    const other = await inStore(dir, async (store) => {
      await store.jobs.update(id, 1, { name: 'Daily' }, undefined, change)
      const created = await store.jobs.create(names('Daily report'), null, change)
      return created.kind === 'saved' ? created.value : null
    })
    expect(await json<Job>(dir, 'job', 'pause', 'Daily')).toMatchObject({ id, name: 'Daily' })
    expect((await kamihi(dir, ['job', 'list'])).stdout).toMatch(/^ID +NAME +ACTION/)
    await inStore(dir, (store) => store.jobs.update(other?.id ?? '', 1, { name: 'Daily' }, undefined, change))
    const { code, stderr } = await kamihi(dir, ['job', 'resume', 'Daily'])
    expect([code, stderr.startsWith('kamihi: 2 jobs are called "Daily". Give the id of one: ')]).toEqual([
      1,
      true,
    ])
    expect([id, other?.id ?? ''].filter((one) => !stderr.includes(one))).toEqual([])
  })

  it('pause --all holds the scheduler: a bot that is started then runs nothing by itself', async () => {
    const { dir, id } = await withJob()
    expect(await json(dir, 'job', 'pause', '--all', '--reason', 'maintenance')).toMatchObject({
      paused: { reason: 'maintenance' },
    })
    expect(await json<Job[]>(dir, 'job', 'list')).toMatchObject([
      { id, nextRunAt: null, warnings: [{ code: 'scheduler_paused' }] },
    ])
    await inStore(dir, (store) => store.jobs.reschedule(id, 1, change.now - 1000))
    const bot = await running(dir, {
      KAMIHI_WEB__PORT: `${await freePort()}`,
      KAMIHI_TELEGRAM__EMULATOR__PORT: `${await freePort()}`,
    })
    const rows = () => inStore(dir, async (store) => (await store.runs.list({ jobId: id })).items)
    expect(await rows()).toEqual([])
    expect(await json(dir, 'job', 'resume', '--all')).toEqual({ paused: null })
    // The bot learns of it by itself, and writes down what passed.
    await expect.poll(rows).toMatchObject([{ state: 'skipped', reason: 'paused' }])
    await bot.kill('SIGTERM')
  })

  it('skip leaves a run out, and takes that back', async () => {
    const { dir, id, next } = await withJob()
    const skipped = await json<Job>(dir, 'job', 'skip', id, '--reason', 'new year')
    expect(skipped.skips).toMatchObject([{ scheduledFor: next, reason: 'new year' }])
    const told = await json<Occurrences>(dir, 'job', 'explain', id, '--at', next)
    expect(told.items).toMatchObject([{ at: next, outcome: 'requested' }])
    expect(await json<Job>(dir, 'job', 'skip', id, '--at', next, '--undo')).toMatchObject({
      skips: [],
      nextRunAt: next,
    })
  })

  it('explain tells in a line for each time what became of it', async () => {
    const { dir, id, next } = await withJob()
    const { stdout } = await kamihi(dir, ['job', 'explain', id, '--at', next])
    expect(stdout).toMatch(/^\w{3} \d{4}-01-01 12:00 \+00:00 {2}upcoming +It will run at that time\.\n$/)
    expect((await kamihi(dir, ['job', 'explain', id])).stdout).toBe('It was not to run in that time\n')
  })
})

describe('a command about when a job runs', () => {
  it.each([
    ['neither a job nor all', ['job', 'pause'], /give the id or the name of a job, or --all/],
    ['both a job and all', ['job', 'resume', 'x', '--all'], /give the id or the name of a job, or --all/],
    [
      'an instant without a zone',
      ['job', 'skip', 'x', '--at', '2026-11-24 08:00'],
      /Write an instant with its zone/,
    ],
    ['nothing to take back', ['job', 'skip', 'x', '--undo'], /--undo needs --at/],
    ['an unknown way out', ['job', 'run', 'x', '--on-overlap', 'hope'], /Allowed choices are wait, replace/],
  ])('with %s is wrong usage: exit code 2', async (_what, args, message) => {
    const { code, stdout, stderr } = await kamihi(project(), args)
    expect(stderr).toMatch(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('for a job or a time that does not exist ends with one sentence and exit code 1', async () => {
    const { dir, id, next } = await withJob()
    const never = new Date(Date.parse(next) + 60_000).toISOString()
    for (const [args, message] of [
      [['pause', 'x'], /^kamihi: There is no job x\./],
      [['resume', 'x'], /^kamihi: There is no job x\./],
      [['explain', 'x'], /^kamihi: There is no job x\./],
      [['skip', id, '--at', never], /^kamihi: The job does not run at .+ The nearest are /],
      [['skip', id, '--at', next, '--undo'], /^kamihi: That run was not to be left out\./],
      [['explain', id, '--at', never], /^kamihi: The job does not run at .+ The nearest are /],
    ] as const) {
      const { code, stdout, stderr } = await kamihi(dir, ['job', ...args])
      expect(stderr).toMatch(message)
      expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({
        code: 1,
        stdout: '',
        lines: 1,
      })
    }
  })
})
