import type { ApiContext } from '../context.ts'

/** An event names at most so many; more of them are told as "any may have". */
const mostNamed = 100

const namedIn = (ids: string[]): string[] => (ids.length > mostNamed ? [] : ids)

/** Roles whose members changed with the users: these, none, or `any` where nobody looked which. */
type Touched = string[] | 'any'

/** What everybody is told of once people have changed, or what they may use; nothing where nobody did. */
export function peopleEvents({ kamihi: { events } }: ApiContext) {
  const tell = (type: 'users.changed' | 'roles.changed' | 'permissions.changed') => (ids: string[]) => {
    if (ids.length > 0) events.emit({ type, ids: namedIn(ids) })
  }
  return {
    users(ids: string[], roles: Touched = []) {
      tell('users.changed')(ids)
      if (ids.length > 0 && roles.length > 0)
        events.emit({ type: 'roles.changed', ids: roles === 'any' ? [] : namedIn(roles) })
    },
    roles: tell('roles.changed'),
    permissions: tell('permissions.changed'),
  }
}
