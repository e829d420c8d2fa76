import { api } from '@kamihi/contracts'
import { checkReachability } from '@kamihi/core'
import type { FastifyInstance } from 'fastify'
import { checkLock, checkOwnersOnly } from '../auth/ownersOnly.ts'
import { type ApiContext, changeBy } from '../context.ts'
import { listsOf } from '../http/lists.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { peopleEvents } from '../live/peopleEvents.ts'
import { checkedUserOf } from '../reachability.ts'
import { checkFound, checkRemoved, found, savedValue } from '../refusals/saved.ts'

/** Users, roles and permissions: who may use what. */
export function peopleRoutes(app: FastifyInstance, context: ApiContext): void {
  userRoutes(app, context)
  roleRoutes(app, context)
  permissionRoutes(app, context)
}

function userRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store } = context.kamihi
  const lists = listsOf(context)
  const tell = peopleEvents(context)

  registerEndpoint(app, api.listUsers, ({ query, request }) => lists.users(query, request))
  registerEndpoint(app, api.getUser, async ({ params }) => found(await store.users.get(params.id), 'user'))
  registerEndpoint(app, api.createUser, async ({ body, request }) => {
    await checkOwnersOnly(context, request, null, { kind: 'changed', ...body })
    const user = savedValue(await store.users.create(body, changeBy(context, request)), 'user')
    tell.users([user.id], body.roleIds)
    return user
  })
  registerEndpoint(app, api.updateUser, async ({ params, body: { version, ...patch }, request }) => {
    await checkOwnersOnly(context, request, params.id, { kind: 'changed', ...patch })
    const user = savedValue(
      await store.users.update(params.id, version, patch, changeBy(context, request)),
      'user',
    )
    tell.users([user.id], patch.roleIds && 'any')
    return user
  })
  registerEndpoint(app, api.deleteUser, async ({ params, request }) => {
    await checkOwnersOnly(context, request, params.id, { kind: 'removed' })
    checkRemoved(await store.users.remove(params.id, changeBy(context, request)), 'user')
    tell.users([params.id], 'any')
    return undefined
  })
  registerEndpoint(app, api.listUserDeliveries, async ({ params, query }) => {
    found(await store.users.get(params.id), 'user')
    return store.deliveries.listOfUser(params.id, query)
  })
  registerEndpoint(app, api.checkReachability, async ({ params, request }) =>
    checkedUserOf(await checkReachability(context.kamihi, params.id, changeBy(context, request))),
  )
}

function roleRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store } = context.kamihi
  const lists = listsOf(context)
  const tell = peopleEvents(context)

  registerEndpoint(app, api.listRoles, ({ query }) => lists.roles(query))
  registerEndpoint(app, api.getRole, async ({ params }) => found(await store.roles.get(params.id), 'role'))
  registerEndpoint(app, api.getRoleLoss, async ({ params }) => {
    const { id } = found(await store.roles.get(params.id), 'role')
    return store.roles.lossOf(id)
  })
  registerEndpoint(app, api.createRole, async ({ body, request }) => {
    await checkLock(context, request, null, body)
    const role = savedValue(await store.roles.create(body, changeBy(context, request)), 'role')
    tell.roles([role.id])
    return role
  })
  registerEndpoint(app, api.updateRole, async ({ params, body: { version, ...patch }, request }) => {
    await checkLock(context, request, params.id, patch)
    const role = savedValue(
      await store.roles.update(params.id, version, patch, changeBy(context, request)),
      'role',
    )
    tell.roles([role.id])
    return role
  })
  registerEndpoint(app, api.deleteRole, async ({ params, request }) => {
    await checkLock(context, request, params.id)
    checkFound(await store.roles.remove(params.id, changeBy(context, request)), 'role')
    tell.roles([params.id])
    return undefined
  })
}

function permissionRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store } = context.kamihi
  const lists = listsOf(context)
  const tell = peopleEvents(context)

  registerEndpoint(app, api.listPermissions, ({ query }) => lists.permissions(query))
  registerEndpoint(app, api.getPermission, async ({ params }) =>
    found(await store.permissions.get(params.id), 'permission'),
  )
  registerEndpoint(app, api.createPermission, async ({ body, request }) => {
    const permission = savedValue(
      await store.permissions.create(body, changeBy(context, request)),
      'permission',
    )
    tell.permissions([permission.id])
    return permission
  })
  registerEndpoint(app, api.updatePermission, async ({ params, body: { version, ...patch }, request }) => {
    const permission = savedValue(
      await store.permissions.update(params.id, version, patch, changeBy(context, request)),
      'permission',
    )
    tell.permissions([permission.id])
    return permission
  })
  registerEndpoint(app, api.deletePermission, async ({ params, request }) => {
    checkFound(await store.permissions.remove(params.id, changeBy(context, request)), 'permission')
    tell.permissions([params.id])
    return undefined
  })
}
