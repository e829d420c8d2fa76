import { createRouter } from 'sv-router'

/** Pages by address; each is loaded when it is first opened. */
export const { p, navigate, route, preload } = createRouter({
  '/': () => import('./pages/home/HomePage.svelte'),
  '/jobs': {
    '/': () => import('./pages/jobs/JobsPage.svelte'),
    '/new': () => import('./pages/jobs/NewJobPage.svelte'),
    '/:id': {
      '/': () => import('./pages/jobs/JobPage.svelte'),
      '/edit': () => import('./pages/jobs/EditJobPage.svelte'),
    },
  },
  '/runs': {
    '/': () => import('./pages/runs/RunsPage.svelte'),
    '/:id': () => import('./pages/runs/RunPage.svelte'),
  },
  '/users': {
    '/': () => import('./pages/people/UsersPage.svelte'),
    '/:id': () => import('./pages/people/UserPage.svelte'),
  },
  '/roles': {
    '/': () => import('./pages/people/RolesPage.svelte'),
    '/:id': () => import('./pages/people/RolePage.svelte'),
  },
  '/permissions': {
    '/': () => import('./pages/people/PermissionsPage.svelte'),
    '/:id': () => import('./pages/people/PermissionPage.svelte'),
  },
  '/actions': {
    '/': () => import('./pages/actions/ActionsPage.svelte'),
    '/:name': () => import('./pages/actions/ActionPage.svelte'),
  },
  '/schedule': () => import('./pages/schedule/SchedulePage.svelte'),
  '/audit': () => import('./pages/audit/AuditPage.svelte'),
  '/settings': {
    '/': () => import('./pages/settings/ConfigurationPage.svelte'),
    '/team': () => import('./pages/settings/TeamPage.svelte'),
    '/tokens': () => import('./pages/settings/TokensPage.svelte'),
  },
  '/status': () => import('./pages/status/StatusPage.svelte'),
  '/account': () => import('./pages/account/AccountPage.svelte'),
  '*': () => import('./pages/NotFoundPage.svelte'),
})

/** Goes to an address that is already whole, e.g. `/jobs/0193…?run=1`. */
export function open(href: string): void {
  const { pathname, searchParams } = new URL(href, location.origin)
  void navigate(pathname as '/', { search: Object.fromEntries(searchParams) })
}
