import type { Cast } from './cast.ts'

/** A page, by the name of its picture. */
export type Places = Record<string, string>

/** Every list of the dashboard. */
export const lists: Places = {
  jobs: '/jobs',
  runs: '/runs',
  users: '/users',
  roles: '/roles',
  permissions: '/permissions',
  actions: '/actions',
  audit: '/audit',
}

const single = (of: Cast): Places => ({
  job: `/jobs/${of.job}`,
  'job-runs': `/jobs/${of.job}?tab=runs`,
  'job-audience': `/jobs/${of.job}?tab=audience`,
  'job-schedule': `/jobs/${of.job}?tab=schedule`,
  'job-changes': `/jobs/${of.job}?tab=changes`,
  'job-edit': `/jobs/${of.job}/edit`,
  run: `/runs/${of.run}`,
  'run-timeline': `/runs/${of.run}?tab=timeline`,
  'run-log': `/runs/${of.run}?tab=log`,
  user: `/users/${of.user}`,
  role: `/roles/${of.role}`,
  permission: `/permissions/${of.permission}`,
  action: '/actions/weather',
})

const others: Places = {
  home: '/',
  'job-new': '/jobs/new',
  'user-new': '/users/new',
  'role-new': '/roles/new',
  'permission-new': '/permissions/new',
  'permission-matrix': '/permissions?view=matrix',
  'permission-matrix-roles': '/permissions?view=matrix&rows=roles',
  schedule: '/schedule',
  'schedule-list': '/schedule?view=list',
  settings: '/settings',
  team: '/settings/team',
  tokens: '/settings/tokens',
  status: '/status',
  account: '/account',
}

/** Every page of the dashboard, with one thing of each kind. */
export const allPlaces = (of: Cast): Places => ({ ...others, ...lists, ...single(of) })

/** Pages that stand without anything in the database. */
export const bareEntries: Places = { ...others, ...lists }

/** Pages of things that are not there any more, and an address that never was. */
export const gone: Places = {
  job: '/jobs/gone',
  'job-edit': '/jobs/gone/edit',
  run: '/runs/gone',
  user: '/users/gone',
  role: '/roles/gone',
  permission: '/permissions/gone',
  action: '/actions/gone',
  address: '/nowhere',
}
