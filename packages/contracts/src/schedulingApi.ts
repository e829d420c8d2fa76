import { Type } from '@sinclair/typebox'
import { Id, Instant } from './common.ts'
import { endpoint } from './endpoint.ts'
import { Job } from './job.ts'
import { Occurrences, OccurrencesQuery } from './occurrence.ts'
import { PauseRequest, SchedulerStatus, SkipRequest } from './scheduler.ts'

const params = Type.Object({ id: Id })
const jobPath = '/api/v1/jobs/:id' as const
const schedulerPath = '/api/v1/scheduler' as const

/** Endpoints that hold jobs and the scheduler, leave an occurrence out, and tell why one did not run. */
export const schedulingApi = {
  pauseJob: endpoint({
    method: 'POST',
    path: `${jobPath}/pause`,
    role: 'operator',
    summary: 'Pauses a job: it does not run by itself until it is resumed',
    params,
    body: PauseRequest,
    response: Job,
  }),
  resumeJob: endpoint({
    method: 'POST',
    path: `${jobPath}/resume`,
    role: 'operator',
    summary: 'Goes on with a paused job; what passed is recorded and does not run',
    params,
    response: Job,
  }),
  skipOccurrence: endpoint({
    method: 'POST',
    path: `${jobPath}/skip`,
    role: 'operator',
    summary: 'Leaves one future run of a job out, by default the next',
    params,
    body: SkipRequest,
    response: Job,
  }),
  unskipOccurrence: endpoint({
    method: 'DELETE',
    path: `${jobPath}/skip/:scheduledFor`,
    role: 'operator',
    summary: 'Lets a run take place that was to be left out',
    params: Type.Object({ id: Id, scheduledFor: Instant }),
    response: Job,
  }),
  listOccurrences: endpoint({
    method: 'GET',
    path: `${jobPath}/occurrences`,
    role: 'viewer',
    summary: 'What became of every time a job was to run, and why; by default of the last 24 hours',
    params,
    query: OccurrencesQuery,
    response: Occurrences,
  }),
  getScheduler: endpoint({
    method: 'GET',
    path: schedulerPath,
    role: 'viewer',
    summary: 'How the scheduler is, and what is due next',
    response: SchedulerStatus,
  }),
  pauseScheduler: endpoint({
    method: 'POST',
    path: `${schedulerPath}/pause`,
    role: 'operator',
    summary: 'Pauses the scheduler: no job runs by itself until it is resumed',
    body: PauseRequest,
    response: SchedulerStatus,
  }),
  resumeScheduler: endpoint({
    method: 'POST',
    path: `${schedulerPath}/resume`,
    role: 'operator',
    summary: 'Goes on with the scheduler; what passed is recorded and does not run',
    response: SchedulerStatus,
  }),
} as const
