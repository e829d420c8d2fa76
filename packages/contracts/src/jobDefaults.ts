import type { JobSettings } from './job.ts'

/** Values of settings that are not given. */
export const jobDefaults = {
  name: null,
  notes: null,
  enabled: true,
  userIds: [],
  roleIds: [],
  perUser: false,
  timezone: null,
  startsAt: null,
  endsAt: null,
  args: {},
  overlap: 'skip',
  catchUp: 'latest',
  catchUpWindowSeconds: 3600,
  retries: 0,
  timeoutSeconds: 60,
  deadlineSeconds: 21_600,
  delivery: 'at-least-once',
} as const satisfies Partial<JobSettings>
