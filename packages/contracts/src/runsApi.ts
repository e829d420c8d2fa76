import { idParams, PageOf } from './common.ts'
import { Delivery, DeliveryQuery, DeliveryResolution } from './delivery.ts'
import { endpoint, v1 } from './endpoint.ts'
import { Run, RunAccepted, RunQuery } from './run.ts'
import { DeliveriesChosen } from './runRetry.ts'

/** Runs and their deliveries. */
export const runsApi = {
  listRuns: endpoint({
    method: 'GET',
    path: `${v1}/runs`,
    role: 'viewer',
    summary: 'Runs',
    query: RunQuery,
    response: PageOf(Run),
  }),
  getRun: endpoint({
    method: 'GET',
    path: `${v1}/runs/:id`,
    role: 'viewer',
    summary: 'One run',
    params: idParams,
    response: Run,
  }),
  listDeliveries: endpoint({
    method: 'GET',
    path: `${v1}/runs/:id/deliveries`,
    role: 'viewer',
    summary: 'Deliveries of a run',
    params: idParams,
    query: DeliveryQuery,
    response: PageOf(Delivery),
  }),
  cancelRun: endpoint({
    method: 'POST',
    path: `${v1}/runs/:id/cancel`,
    role: 'operator',
    status: 202,
    summary: 'Takes no new recipients',
    params: idParams,
    response: RunAccepted,
  }),
  resumeRun: endpoint({
    method: 'POST',
    path: `${v1}/runs/:id/resume`,
    role: 'operator',
    status: 202,
    summary: 'Goes on with a paused run',
    params: idParams,
    response: RunAccepted,
  }),
  retryRun: endpoint({
    method: 'POST',
    path: `${v1}/runs/:id/retry`,
    role: 'operator',
    status: 202,
    summary: 'Sends again what did not succeed, as a new run',
    params: idParams,
    response: RunAccepted,
  }),
  retryDeliveries: endpoint({
    method: 'POST',
    path: `${v1}/runs/:id/deliveries/retry`,
    role: 'operator',
    status: 202,
    summary: 'Sends again those of some deliveries of a run that did not succeed, as a new run',
    params: idParams,
    body: DeliveriesChosen,
    response: RunAccepted,
  }),
  retryDelivery: endpoint({
    method: 'POST',
    path: `${v1}/deliveries/:id/retry`,
    role: 'operator',
    status: 202,
    summary: 'Sends one delivery again, as a new run for that person alone',
    params: idParams,
    response: RunAccepted,
  }),
  resolveDelivery: endpoint({
    method: 'POST',
    path: `${v1}/deliveries/:id/resolve`,
    role: 'operator',
    summary: 'Says how a delivery in doubt went',
    params: idParams,
    body: DeliveryResolution,
    response: Delivery,
  }),
} as const
