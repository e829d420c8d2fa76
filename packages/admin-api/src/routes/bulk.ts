import { api, fieldIssue, type JobQuery } from '@kamihi/contracts'
import type { Change as StoreChange } from '@kamihi/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkLock, checkOwnersOnly } from '../auth/ownersOnly.ts'
import { bulkBodyLimit, type Change, changed, changeEach, idsOf, unchanged } from '../bulk.ts'
import { type ApiContext, changeBy } from '../context.ts'
import { idempotencyKeyOf } from '../http/idempotencyKey.ts'
import { listFactsOf } from '../http/listFacts.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { peopleEvents } from '../live/peopleEvents.ts'
import { presentsJobs } from '../presentation.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { cancelledIdOf, retryIdOf, runIdOf } from '../refusals/runOutcomes.ts'
import { accepted, checkFound, checkRemoved, found, savedValue } from '../refusals/saved.ts'
import { importUsers } from './importUsers.ts'

const large = { bodyLimit: bulkBodyLimit }

/** Many things by one request. Each is changed, refused and audited as if it had been asked for alone. */
export function bulkRoutes(app: FastifyInstance, context: ApiContext): void {
  jobRoutes(app, context)
  runRoutes(app, context)
  userRoutes(app, context)
  grantRoutes(app, context)
}

function jobRoutes(app: FastifyInstance, context: ApiContext): void {
  const { jobs, kamihi } = context
  const { store } = kamihi
  const present = presentsJobs(context)
  const matching = (filter: JobQuery, limit: number) =>
    store.jobs.matching(filter, limit, listFactsOf(kamihi))

  registerEndpoint(
    app,
    api.changeJobs,
    async ({ body: { verb, ...target }, request }) => {
      const change = changeBy(context, request)
      const key = idempotencyKeyOf(request)
      const verbs = {
        enable: (id: string) => setEnabled(context, id, true, change),
        disable: (id: string) => setEnabled(context, id, false, change),
        async archive(id: string) {
          checkFound(await jobs.archive(id, change), 'job')
          return changed
        },
        async restore(id: string) {
          savedValue(accepted(await jobs.restore(id, change)), 'archived job')
          return changed
        },
        async run(id: string): Promise<Change> {
          const asked = { args: null, onlyUserIds: null, dryRun: false, onOverlap: null }
          const outcome = await jobs.run(id, { idempotencyKey: `${key}:${id}`, ...asked }, change)
          return { kind: 'changed', runId: runIdOf(outcome) }
        },
      }
      return changeEach(await idsOf(target, matching), verbs[verb])
    },
    large,
  )
  registerEndpoint(app, api.restoreJob, async ({ params, request }) => {
    const restored = await jobs.restore(params.id, changeBy(context, request))
    return present.one(savedValue(accepted(restored), 'archived job').id, request)
  })
}

async function setEnabled(
  { jobs, kamihi }: ApiContext,
  id: string,
  enabled: boolean,
  change: StoreChange,
): Promise<Change> {
  const job = found(await kamihi.store.jobs.get(id), 'job')
  if (job.archivedAt === null && job.enabled === enabled) return unchanged
  savedValue(accepted(await jobs.update(id, job.version, { enabled }, change)), 'job')
  return changed
}

function runRoutes(app: FastifyInstance, context: ApiContext): void {
  const { jobs, kamihi } = context
  registerEndpoint(
    app,
    api.changeRuns,
    async ({ body: { verb, ...target }, request }) => {
      const change = changeBy(context, request)
      const verbs = {
        retry: async (id: string): Promise<Change> => ({
          kind: 'changed',
          runId: retryIdOf(await jobs.retry(id, change)),
        }),
        async cancel(id: string) {
          cancelledIdOf(await jobs.cancel(id, change))
          return changed
        },
      }
      return changeEach(await idsOf(target, kamihi.store.runs.matching), verbs[verb])
    },
    large,
  )
}

function userRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store } = context.kamihi
  const tell = peopleEvents(context)
  registerEndpoint(
    app,
    api.changeUsers,
    async ({ body: { verb, roleId, ...target }, request }) => {
      const change = changeBy(context, request)
      const role = verb === 'add_role' || verb === 'remove_role' ? await knownRole(context, roleId) : ''
      const verbs = {
        add_role: (id: string) => setRole(context, request, id, { role, member: true }),
        remove_role: (id: string) => setRole(context, request, id, { role, member: false }),
        async mark_reachable(id: string) {
          const outcome = await store.users.markReachable(id, change)
          checkFound(outcome !== 'not_found', 'user')
          return outcome === 'marked' ? changed : unchanged
        },
        async remove(id: string) {
          await checkOwnersOnly(context, request, id, { kind: 'removed' })
          checkRemoved(await store.users.remove(id, change), 'user')
          return changed
        },
      }
      return changeEach(await idsOf(target, store.users.matching), verbs[verb], (ids) =>
        tell.users(ids, verb === 'remove' ? 'any' : role === '' ? [] : [role]),
      )
    },
    large,
  )
  registerEndpoint(
    app,
    api.importUsers,
    ({ body, request }) => importUsers(context, body.items, request),
    large,
  )
}

async function knownRole({ kamihi }: ApiContext, roleId: string | undefined): Promise<string> {
  if (roleId === undefined)
    throw new ApiProblem('invalid_request', {
      errors: [fieldIssue('/roleId', { kind: 'required' })],
    })
  const errors = [fieldIssue('/roleId', { kind: 'does_not_exist' }, { given: roleId })]
  if (!(await kamihi.store.roles.get(roleId))) throw new ApiProblem('unknown_reference', { errors })
  return roleId
}

async function setRole(
  context: ApiContext,
  request: FastifyRequest,
  id: string,
  { role, member }: { role: string; member: boolean },
): Promise<Change> {
  const { users } = context.kamihi.store
  const user = found(await users.get(id), 'user')
  if (user.roleIds.includes(role) === member) return unchanged
  const roleIds = member ? [...user.roleIds, role] : user.roleIds.filter((other) => other !== role)
  await checkOwnersOnly(context, request, user, { kind: 'changed', roleIds })
  savedValue(await users.update(id, user.version, { roleIds }, changeBy(context, request)), 'user')
  return changed
}

function grantRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store } = context.kamihi
  const tell = peopleEvents(context)
  registerEndpoint(
    app,
    api.changeRoles,
    async ({ body, request }) => {
      const change = changeBy(context, request)
      const remove = async (id: string) => {
        await checkLock(context, request, id)
        checkFound(await store.roles.remove(id, change), 'role')
        return changed
      }
      return changeEach(await idsOf(body, store.roles.matching), remove, tell.roles)
    },
    large,
  )
  registerEndpoint(
    app,
    api.changePermissions,
    async ({ body, request }) => {
      const change = changeBy(context, request)
      const remove = async (id: string) => {
        checkFound(await store.permissions.remove(id, change), 'permission')
        return changed
      }
      return changeEach(await idsOf(body, store.permissions.matching), remove, tell.permissions)
    },
    large,
  )
}
