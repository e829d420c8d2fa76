/** Topics of the API by the first part of a path under `/api/v1`; in the order in which they are shown. */
const topics = {
  'At a glance': {
    parts: ['overview', 'health', 'schedule', 'search'],
    description: 'What needs somebody, how the bot is, what is to come.',
  },
  Jobs: { parts: ['jobs', 'scheduler'], description: 'What runs by itself, and the scheduler that runs it.' },
  Runs: {
    parts: ['runs', 'deliveries'],
    description: 'What ran, for whom, and what became of each recipient.',
  },
  People: {
    parts: ['users', 'roles', 'permissions'],
    description: 'Users of the bot, their roles, and who may use which action.',
  },
  Actions: { parts: ['actions'], description: 'What the code can do. They are changed in the code only.' },
  Accounts: {
    parts: ['setup', 'session', 'account', 'accounts', 'links', 'tokens', 'sessions'],
    description: 'Who uses the dashboard and this API: signing in, accounts and API tokens.',
  },
  System: {
    parts: ['audit', 'events', 'openapi.json', 'settings', 'webhooks'],
    description: 'The audit log, live events, the configuration, webhooks, and probes.',
  },
} as const

/** The tag of a path. */
export function tagOf(path: string): string {
  const part = path.replace('/api/v1/', '').split('/')[0] ?? ''
  const found = Object.entries(topics).find(([, { parts }]) => (parts as readonly string[]).includes(part))
  return found?.[0] ?? 'System'
}

/** Tags as a document lists them. */
export const tags = Object.entries(topics).map(([name, { description }]) => ({ name, description }))
