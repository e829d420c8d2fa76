import type { AuditEntry } from '@kamihi/contracts'

const pages: Record<string, string> = {
  job: '/jobs',
  run: '/runs',
  user: '/users',
  role: '/roles',
  permission: '/permissions',
}

/** Where the thing is that an entry is about; null: it has no page of its own. */
export function hrefOfObject({ kind, id }: AuditEntry['object']): string | null {
  if (kind === 'account') return '/settings/team'
  if (kind === 'token') return '/settings/tokens'
  if (kind === 'scheduler' || kind === 'database' || kind === 'backup') return '/status'
  if (kind === 'delivery' && id) return `/runs/${id.replace(/-\d+$/, '')}?delivery=${id}`
  const page = pages[kind]
  return page && id ? `${page}/${id}` : null
}
