import { api } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import { type ApiContext, changeBy, principalIn } from '../context.ts'
import { registerEndpoint } from '../registerEndpoint.ts'
import { found, savedValue } from '../saved.ts'

/** Users, roles, permissions and actions: who may use what. */
export function peopleRoutes(app: FastifyInstance, context: ApiContext): void {
  userRoutes(app, context)
  roleRoutes(app, context)
  permissionRoutes(app, context)
  actionRoutes(app, context)
}

function userRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store, events } = context.kamihi
  const changed = (id: string) => events.emit({ type: 'users.changed', ids: [id] })

  registerEndpoint(app, api.listUsers, ({ query, request }) =>
    store.users.list({ ...query, withoutProfiles: principalIn(request).role === 'viewer' }),
  )
  registerEndpoint(app, api.getUser, async ({ params }) => found(await store.users.get(params.id), 'user'))
  registerEndpoint(app, api.createUser, async ({ body, request }) => {
    const user = savedValue(await store.users.create(body, changeBy(context, request)), 'user')
    changed(user.id)
    return user
  })
  registerEndpoint(app, api.updateUser, async ({ params, body: { version, ...patch }, request }) => {
    const user = savedValue(
      await store.users.update(params.id, version, patch, changeBy(context, request)),
      'user',
    )
    changed(user.id)
    return user
  })
  registerEndpoint(app, api.deleteUser, async ({ params, request }) => {
    found((await store.users.remove(params.id, changeBy(context, request))) || null, 'user')
    changed(params.id)
    return undefined
  })
}

function roleRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store, events } = context.kamihi
  const changed = (id: string) => events.emit({ type: 'roles.changed', ids: [id] })

  registerEndpoint(app, api.listRoles, ({ query }) => store.roles.list(query))
  registerEndpoint(app, api.getRole, async ({ params }) => found(await store.roles.get(params.id), 'role'))
  registerEndpoint(app, api.createRole, async ({ body, request }) => {
    const role = savedValue(await store.roles.create(body, changeBy(context, request)), 'role')
    changed(role.id)
    return role
  })
  registerEndpoint(app, api.updateRole, async ({ params, body: { version, ...patch }, request }) => {
    const role = savedValue(
      await store.roles.update(params.id, version, patch, changeBy(context, request)),
      'role',
    )
    changed(role.id)
    return role
  })
  registerEndpoint(app, api.deleteRole, async ({ params, request }) => {
    found((await store.roles.remove(params.id, changeBy(context, request))) || null, 'role')
    changed(params.id)
    return undefined
  })
}

function permissionRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store, events } = context.kamihi
  const changed = (id: string) => events.emit({ type: 'permissions.changed', ids: [id] })

  registerEndpoint(app, api.listPermissions, ({ query }) => store.permissions.list(query))
  registerEndpoint(app, api.getPermission, async ({ params }) =>
    found(await store.permissions.get(params.id), 'permission'),
  )
  registerEndpoint(app, api.createPermission, async ({ body, request }) => {
    const permission = savedValue(
      await store.permissions.create(body, changeBy(context, request)),
      'permission',
    )
    changed(permission.id)
    return permission
  })
  registerEndpoint(app, api.updatePermission, async ({ params, body: { version, ...patch }, request }) => {
    const permission = savedValue(
      await store.permissions.update(params.id, version, patch, changeBy(context, request)),
      'permission',
    )
    changed(permission.id)
    return permission
  })
  registerEndpoint(app, api.deletePermission, async ({ params, request }) => {
    found((await store.permissions.remove(params.id, changeBy(context, request))) || null, 'permission')
    changed(params.id)
    return undefined
  })
}

function actionRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store } = context.kamihi
  registerEndpoint(app, api.listActions, ({ query }) => store.actions.list(query))
  registerEndpoint(app, api.getAction, async ({ params }) =>
    found(await store.actions.get(params.name), 'action'),
  )
}
