import type { Role, User } from '@kamihi/contracts'
import { api } from './api.ts'
import { count } from './format.ts'

/** Something that can be picked. */
export interface Choice {
  id: string
  label: string
  detail: string
}

/** Where the choices of a picker come from. */
export interface Choices {
  /** First part of the query keys, so that live changes reach them. */
  kind: 'users' | 'roles'
  placeholder: string
  find(search: string): Promise<Choice[]>
  /** Those already chosen, with their names. */
  named(ids: string[]): Promise<Choice[]>
}

/** How a person is called: by name, else by number. */
export const nameOfUser = (user: Pick<User, 'name' | 'telegramId'>): string =>
  user.name ?? `User ${user.telegramId}`

const ofUser = (user: User): Choice => ({
  id: user.id,
  label: nameOfUser(user),
  detail: `${user.telegramId}${user.reachability === 'ok' ? '' : ' · unreachable'}`,
})
const ofRole = (role: Role): Choice => ({
  id: role.id,
  label: role.name,
  detail: count(role.userCount, 'person', 'people'),
})
const shown = 50

export const userChoices: Choices = {
  kind: 'users',
  placeholder: 'Search by name or Telegram ID',
  find: async (q) =>
    (await api.listUsers({ query: { ...(q ? { q } : {}), limit: shown } })).items.map(ofUser),
  named: (ids) => Promise.all(ids.map(async (id) => ofUser(await api.getUser({ params: { id } })))),
}

export const roleChoices: Choices = {
  kind: 'roles',
  placeholder: 'Search by name',
  find: async (q) =>
    (await api.listRoles({ query: { ...(q ? { q } : {}), limit: shown } })).items.map(ofRole),
  named: (ids) => Promise.all(ids.map(async (id) => ofRole(await api.getRole({ params: { id } })))),
}
