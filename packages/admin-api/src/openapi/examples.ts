import type { EndpointName } from '@kamihi/contracts'

/** Bodies that work, for those who try. */
export const bodyExamples: Partial<Record<EndpointName, object>> = {
  createUser: { telegramId: 123456789, name: 'Ana' },
  createRole: { name: 'Sales' },
  createJob: {
    action: 'weather',
    name: 'Weather, weekdays at 9',
    cronExpression: '0 9 * * 1-5',
    timezone: 'Europe/Madrid',
    perUser: true,
    userIds: ['019a0000-0000-7000-8000-000000000001'],
    args: { city: 'Madrid' },
  },
  previewJob: { cronExpression: '30 2 * * *', timezone: 'Europe/Madrid', count: 5 },
  runJob: { dryRun: true },
  pauseScheduler: { reason: 'Moving to another machine' },
}
