const sections: Record<string, string> = {
  job: '/jobs',
  user: '/users',
  role: '/roles',
  permission: '/permissions',
  action: '/actions',
}

/** Where a page is now that had another address in earlier dashboards (`/job/edit/1`); null: it was none of them. */
export function addressNow(path: string): string | null {
  const [, kind = '', verb = '', id = '', ...rest] = path.split('/')
  const section = sections[kind]
  if (!section || rest.length > 0) return null
  if (verb === 'list' && !id) return section
  if (verb === 'create' && !id) return section === '/actions' ? section : `${section}/new`
  if (verb === 'detail' && id) return `${section}/${id}`
  if (verb === 'edit' && id) return section === '/jobs' ? `${section}/${id}/edit` : `${section}/${id}`
  return null
}
