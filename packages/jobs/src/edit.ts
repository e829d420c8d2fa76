import {
  fieldIssue,
  type JobCreate,
  type JobPreviewRequest,
  type JobSettings,
  jobDefaults,
} from '@kamihi/contracts'
import type { Kamihi } from '@kamihi/core'
import type { Change, JobRecord, Saved } from '@kamihi/store'
import { endWarnings } from './decide/ended.ts'
import type { Jobs, Refusal } from './jobs.types.ts'
import { isSameSchedule, occursAt, passedUntil } from './planner.ts'
import { describeJob } from './presentJob.ts'
import type { Schedule } from './schedule/parse.ts'
import { describeSchedule, previewRuns } from './schedule/preview.ts'
import { nextRunAt } from './schedule/times.ts'
import { withMendedZone } from './schedule/zoneName.ts'
import { validateJob } from './validate.ts'

export type Editing = Pick<Jobs, 'create' | 'update' | 'archive' | 'restore' | 'preview' | 'describe'>

/** Jobs as people define them. `changed` is told of each that was. */
export function createEditing(kamihi: Kamihi, changed: (id: string) => void): Editing {
  const told = <T extends Saved<JobRecord> | Refusal>(saved: T): T => {
    if (saved.kind === 'saved') changed(saved.value.id)
    return saved
  }
  return {
    create: async (input, change) => told(await create(kamihi, withMendedZone(input), change)),
    update: async (id, version, patch, change) =>
      told(await update(kamihi, id, version, withMendedZone(patch), change)),
    async archive(id, change) {
      const job = await kamihi.store.jobs.get(id)
      const passed = job ? await passedUntil(kamihi, job, change.now) : []
      const done = await kamihi.store.jobs.archive(id, change, { passed })
      if (done) changed(id)
      return done
    },
    restore: async (id, change) => told(await restore(kamihi, id, change)),
    preview: (request) => preview(kamihi, withMendedZone(request)),
    describe: (job) => describeJob(kamihi, job),
  }
}

async function create(kamihi: Kamihi, input: JobCreate, change: Change): Promise<Saved<JobRecord> | Refusal> {
  const settings: JobSettings = { ...jobDefaults, userIds: [], roleIds: [], args: {}, ...input }
  const checked = await check(kamihi, settings)
  if (checked.kind === 'refused') return checked
  const next = settings.enabled ? nextRunAt(checked.schedule, kamihi.clock.now()) : null
  return kamihi.store.jobs.create(settings, next, change)
}

async function update(
  kamihi: Kamihi,
  id: string,
  version: number,
  patch: Parameters<Jobs['update']>[2],
  change: Change,
): Promise<Saved<JobRecord> | Refusal> {
  const { store, clock } = kamihi
  const current = await store.jobs.get(id)
  if (!current || current.archivedAt !== null) return { kind: 'not_found' }
  const settings: JobRecord = { ...current, ...patch }
  const checked = await check(kamihi, settings)
  if (checked.kind === 'refused') return checked
  const now = clock.now()
  if (keepsCursor(current, settings)) return store.jobs.update(id, version, patch, undefined, change)
  const next = settings.enabled ? nextRunAt(checked.schedule, now) : null
  return store.jobs.update(id, version, patch, next, change, {
    passed: await passedUntil(kamihi, current, now),
    keptSkips: await skipsOn(kamihi, current, checked.schedule),
  })
}

/** It goes on with what its schedule has from now on; nothing of the time that it was archived is made up for. */
async function restore(kamihi: Kamihi, id: string, change: Change): Promise<Saved<JobRecord> | Refusal> {
  const job = await kamihi.store.jobs.get(id)
  if (!job || job.archivedAt === null) return { kind: 'not_found' }
  const checked = await check(kamihi, job)
  if (checked.kind === 'refused') return checked
  const next = job.enabled ? nextRunAt(checked.schedule, kamihi.clock.now()) : null
  return kamihi.store.jobs.restore(id, job.version, next, change)
}

/**
 * An edit that leaves the schedule alone takes nothing away that is due, and brings nothing back that has run when the clock went back
 * meanwhile. Every other edit looks to the future only.
 */
const keepsCursor = (before: JobRecord, after: JobRecord): boolean =>
  before.enabled && after.enabled && isSameSchedule(before, after) && before.nextRunAt !== null

/** Of the occurrences that are to be left out, those that the new schedule has too. */
async function skipsOn({ store }: Kamihi, { id }: JobRecord, schedule: Schedule): Promise<number[]> {
  const skips = await store.jobs.skips(id)
  return skips.map(({ scheduledFor }) => scheduledFor).filter((at) => occursAt(schedule, at))
}

async function check(kamihi: Kamihi, settings: JobSettings) {
  const checked = validateJob(kamihi, settings)
  if (checked.kind === 'refused') return checked
  if (!(await kamihi.store.actions.get(settings.action))) return unknownAction(kamihi, settings.action)
  return checked
}

function unknownAction({ actions }: Kamihi, given: string): Refusal {
  const known = actions.list().map((action) => action.name)
  const issue = { kind: 'no_such_action', given, known } as const
  return {
    kind: 'refused',
    code: 'unknown_action',
    errors: [fieldIssue('/action', issue, { given, allowed: known })],
  }
}

async function preview(kamihi: Kamihi, request: JobPreviewRequest) {
  const {
    cronExpression,
    timezone = null,
    startsAt = null,
    endsAt = null,
    action = null,
    userIds = [],
    roleIds = [],
    args = {},
    perUser = false,
  } = request
  // A job that is being written is not refused for what is still missing: when it will run is shown all the same.
  const times = { cronExpression, timezone, startsAt, endsAt }
  const asked = { ...times, action, userIds, roleIds, args, perUser }
  const checked = validateJob(kamihi, asked, false)
  if (checked.kind === 'refused') return checked
  const from = request.from === undefined ? kamihi.clock.now() : Date.parse(request.from)
  const nextRuns = previewRuns(checked.schedule, from, request.count ?? 5)
  return {
    description: describeSchedule(cronExpression, request.locale),
    nextRuns,
    recipients: await kamihi.store.jobs.recipients({ userIds, roleIds }),
    warnings: [...checked.warnings, ...endWarnings({ enabled: true, endsAt, hasNext: nextRuns.length > 0 })],
  }
}
