import { idParams, PageOf } from './common.ts'
import { endpoint, v1 } from './endpoint.ts'
import { Job, JobCreate, JobPreview, JobPreviewRequest, JobQuery, JobRunRequest, JobUpdate } from './job.ts'
import { RunAccepted } from './run.ts'

/** Jobs: an action on a schedule. */
export const jobsApi = {
  listJobs: endpoint({
    method: 'GET',
    path: `${v1}/jobs`,
    role: 'viewer',
    summary: 'Jobs',
    query: JobQuery,
    response: PageOf(Job),
  }),
  createJob: endpoint({
    method: 'POST',
    path: `${v1}/jobs`,
    role: 'operator',
    status: 201,
    summary: 'Creates a job',
    body: JobCreate,
    response: Job,
  }),
  previewJob: endpoint({
    method: 'POST',
    path: `${v1}/jobs/preview`,
    role: 'viewer',
    summary: 'Next runs, recipients and warnings of a job not yet saved',
    body: JobPreviewRequest,
    response: JobPreview,
  }),
  getJob: endpoint({
    method: 'GET',
    path: `${v1}/jobs/:id`,
    role: 'viewer',
    summary: 'One job',
    params: idParams,
    response: Job,
  }),
  updateJob: endpoint({
    method: 'PATCH',
    path: `${v1}/jobs/:id`,
    role: 'operator',
    summary: 'Changes a job',
    params: idParams,
    body: JobUpdate,
    response: Job,
  }),
  deleteJob: endpoint({
    method: 'DELETE',
    path: `${v1}/jobs/:id`,
    role: 'operator',
    status: 204,
    summary: 'Archives a job and keeps its history',
    params: idParams,
  }),
  runJob: endpoint({
    method: 'POST',
    path: `${v1}/jobs/:id/run`,
    role: 'operator',
    status: 202,
    summary: 'Runs a job now; takes an Idempotency-Key header',
    params: idParams,
    body: JobRunRequest,
    response: RunAccepted,
  }),
} as const
