import type {
  Action,
  ActionQuery,
  AuditEntry,
  AuditQuery,
  Delivery,
  DeliveryQuery,
  Job,
  JobQuery,
  ListedUser,
  Page,
  Permission,
  PermissionQuery,
  RoleQuery,
  RoleSummary,
  Run,
  RunQuery,
  UserQuery,
} from '@kamihi/contracts'
import type { FastifyRequest } from 'fastify'
import { mayDo } from '../auth/principal.ts'
import { type ApiContext, principalIn } from '../context.ts'
import { withLastWeek } from '../insight/lastWeek.ts'
import { presentsJobs, withProgress } from '../presentation.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { listFactsOf } from './listFacts.ts'

/** Who signed in and who may: only owners read of it. */
const ownersOnly = ['account', 'endpoint', 'session', 'token']

/** The lists of the API. A page and an export read them by the same functions, so that nobody finds or sees more by the one than by the other. */
export interface Lists {
  jobs(query: JobQuery, request: FastifyRequest): Promise<Page<Job>>
  runs(query: RunQuery): Promise<Page<Run>>
  deliveries(runId: string, query: DeliveryQuery, request: FastifyRequest): Promise<Page<Delivery>>
  users(query: UserQuery, request: FastifyRequest): Promise<Page<ListedUser>>
  roles(query: RoleQuery): Promise<Page<RoleSummary>>
  permissions(query: PermissionQuery): Promise<Page<Permission>>
  actions(query: ActionQuery): Promise<Page<Action>>
  audit(query: AuditQuery, request: FastifyRequest): Promise<Page<AuditEntry>>
}

/** Whoever does not see something could guess it by what a list finds, or read it where a page ends, which what it is sorted by tells. */
const asksForHidden = () =>
  new ApiProblem('forbidden', { issue: { kind: 'role_needed', needs: 'operator', has: 'viewer' } })

/** The lists of this bot. */
export function listsOf(context: ApiContext): Lists {
  const { kamihi } = context
  const { store } = kamihi
  const present = presentsJobs(context)
  return {
    async jobs(query, request) {
      const page = await store.jobs.list(query, listFactsOf(kamihi))
      return { ...page, items: await present.many(page.items, request) }
    },
    async runs(query) {
      const page = await store.runs.list(query)
      return { ...page, items: page.items.map(withProgress(context)) }
    },
    async deliveries(runId, query, request) {
      if (query.message !== undefined && principalIn(request).role === 'viewer') throw asksForHidden()
      return store.deliveries.list(runId, query)
    },
    async users({ countJobs, ...query }, request) {
      const { role } = principalIn(request)
      if (role === 'viewer' && query.sort === 'telegramId') throw asksForHidden()
      const page = await store.users.list({ ...query, withoutProfiles: role === 'viewer' })
      if (!countJobs) return page
      const counts = await store.users.jobCounts(page.items.map(({ id }) => id))
      return { ...page, items: page.items.map((user) => ({ ...user, jobCount: counts.get(user.id) ?? 0 })) }
    },
    roles: (query) => store.roles.list(query),
    permissions: (query) => store.permissions.list(query),
    async actions(query) {
      const page = await store.actions.list(query)
      return { ...page, items: await withLastWeek(kamihi, page.items) }
    },
    audit: (query, request) =>
      store.audit.list(query, mayDo(principalIn(request).role, 'owner') ? [] : ownersOnly),
  }
}
