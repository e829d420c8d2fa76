import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import {
  type JobCreate,
  type JobPreviewRequest,
  type JobSettings,
  type JobUpdate,
  jobDefaults,
} from '@kamihi/contracts'
import type { Kamihi } from '@kamihi/core'
import type { Change, JobRecord, Saved } from '@kamihi/store'
import { rememberAudiences } from './audiences.ts'
import type { Jobs, Refusal } from './jobs.types.ts'
import { describeJob } from './presentJob.ts'
import { createRunEvents } from './runEvents.ts'
import { describeSchedule, previewRuns } from './schedule/preview.ts'
import { nextRunAt } from './schedule/times.ts'
import { createScheduler } from './scheduler.ts'
import { validateJob } from './validate.ts'
import { createWorker } from './worker.ts'

export interface JobsOptions {
  kamihi: Kamihi
  /** Names this process in leases. Default: random. */
  workerId?: string
  random?: () => number
}

/** Jobs as a part of the bot. With `jobs.enabled` off they can be prepared, and nothing runs. */
export function createJobs({ kamihi, workerId = randomUUID(), random = Math.random }: JobsOptions): Jobs {
  const { config, store, clock, events } = kamihi
  const { enabled } = config.jobs
  const runEvents = createRunEvents(events, clock)
  const abort = new AbortController()
  // Every delivery in the air listens to it.
  setMaxListeners(0, abort.signal)
  const work = {
    kamihi,
    worker: workerId,
    events: runEvents,
    random,
    audiences: rememberAudiences(store.runs),
  }
  const worker = createWorker({ ...work, signal: abort.signal, abort })
  const scheduler = enabled
    ? createScheduler({ kamihi, worker: workerId, events: runEvents, onEnqueued: () => worker.wake() })
    : null
  let started = false

  const changed = (id: string) => {
    events.emit({ type: 'jobs.changed', ids: [id] })
    if (started) scheduler?.nudge()
  }
  return {
    name: 'jobs',
    create: (input, change) => create(kamihi, input, change, changed),
    update: (id, version, patch, change) => update(kamihi, id, version, patch, change, changed),
    async archive(id, change) {
      const done = await store.jobs.archive(id, change)
      if (done) changed(id)
      return done
    },
    preview: (request) => preview(kamihi, request),
    describe: (job) => describeJob(kamihi, job),
    async run(jobId, asked, change) {
      if (!enabled) return { kind: 'jobs_disabled' }
      const outcome = await store.runs.enqueueManual({ jobId, ...asked }, change)
      if (outcome.kind === 'enqueued') runEvents.changed(outcome.run)
      worker.wake()
      return outcome
    },
    async retry(runId, change) {
      if (!enabled) return { kind: 'jobs_disabled' }
      const outcome = await store.runs.enqueueRetry(runId, change)
      if (outcome.kind === 'enqueued') runEvents.changed(outcome.run)
      worker.wake()
      return outcome
    },
    async cancel(runId, change) {
      const outcome = await store.runs.cancel(runId, change)
      if (outcome.kind === 'cancelled') runEvents.changed(outcome.run)
      return outcome
    },
    async resume(runId, change) {
      const outcome = await store.runs.resume(runId, change)
      if (outcome.kind === 'resumed') runEvents.changed(outcome.run)
      worker.wake()
      return outcome
    },
    status: () =>
      !scheduler ? 'disabled' : !started ? 'stopped' : scheduler.isActive() ? 'running' : 'standby',
    async start() {
      if (!scheduler) return
      await scheduler.start()
      worker.start()
      started = true
    },
    async stop(signal) {
      started = false
      await scheduler?.stop()
      await worker.stop(signal)
      runEvents.stop()
    },
  }
}

type Changed = (id: string) => void

async function create(
  kamihi: Kamihi,
  input: JobCreate,
  change: Change,
  changed: Changed,
): Promise<Saved<JobRecord> | Refusal> {
  const settings: JobSettings = { ...jobDefaults, userIds: [], roleIds: [], args: {}, ...input }
  return save(kamihi, settings, (next) => kamihi.store.jobs.create(settings, next, change), changed)
}

async function update(
  kamihi: Kamihi,
  id: string,
  version: number,
  patch: Omit<JobUpdate, 'version'>,
  change: Change,
  changed: Changed,
): Promise<Saved<JobRecord> | Refusal> {
  const current = await kamihi.store.jobs.get(id)
  if (!current || current.archivedAt !== null) return { kind: 'not_found' }
  return save(
    kamihi,
    { ...current, ...patch },
    (next) => kamihi.store.jobs.update(id, version, patch, next, change),
    changed,
  )
}

/** Checks, places the cursor in the future — an edited job never fires for the past — and saves. */
async function save(
  kamihi: Kamihi,
  settings: JobSettings,
  write: (next: number | null) => Promise<Saved<JobRecord>>,
  changed: Changed,
): Promise<Saved<JobRecord> | Refusal> {
  const checked = validateJob(kamihi, settings)
  if (checked.kind === 'refused') return checked
  if (!(await kamihi.store.actions.get(settings.action))) return unknownAction(kamihi, settings.action)
  const saved = await write(settings.enabled ? nextRunAt(checked.schedule, kamihi.clock.now()) : null)
  if (saved.kind === 'saved') changed(saved.value.id)
  return saved
}

function unknownAction({ actions }: Kamihi, given: string): Refusal {
  const known = actions.list().map((action) => action.name)
  const message = `There is no action called "${given}". Known are: ${known.join(', ') || 'none'}.`
  return {
    kind: 'refused',
    code: 'unknown_action',
    errors: [{ path: '/action', message, given, allowed: known }],
  }
}

async function preview(kamihi: Kamihi, request: JobPreviewRequest) {
  const {
    cronExpression,
    timezone = null,
    action = null,
    userIds = [],
    roleIds = [],
    args = {},
    perUser = false,
  } = request
  const checked = validateJob(kamihi, { cronExpression, timezone, action, userIds, roleIds, args, perUser })
  if (checked.kind === 'refused') return checked
  const from = request.from === undefined ? kamihi.clock.now() : Date.parse(request.from)
  return {
    description: describeSchedule(cronExpression),
    nextRuns: previewRuns(checked.schedule, from, request.count ?? 5),
    recipients: await kamihi.store.jobs.recipients({ userIds, roleIds }),
    warnings: checked.warnings,
  }
}
