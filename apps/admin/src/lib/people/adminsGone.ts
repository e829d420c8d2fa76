import type { User } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'
import { api } from '../api/api.ts'
import { everyPage } from '../api/everyPage.ts'
import type { Selection } from '../list/selection.ts'
import { most } from './peopleQueries.ts'

/** How many admins go, of how many there are. */
export interface AdminsGone {
  gone: number
  all: number
}
type Words = Texts['people']['admins']

const admins = async (filter: object = {}): Promise<number> =>
  (await api.listUsers({ query: { ...filter, isAdmin: true, limit: 1 } })).total

/** How many admins there are among people who are to be deleted. */
export async function adminsAmong(selection: Selection): Promise<AdminsGone> {
  if (selection.kind === 'matching') {
    const isAdmins = selection.filter.isAdmin !== false
    return { gone: isAdmins ? await admins(selection.filter) : 0, all: await admins() }
  }
  const all = await everyPage((query) => api.listUsers({ query: { ...query, isAdmin: true } }), most)
  return { gone: all.filter(({ id }) => selection.ids.includes(id)).length, all: all.length }
}

/** Says that admins are among those who are to be deleted; null: there are none. */
export const amongWords = ({ gone, all }: AdminsGone, words: Words): string | null =>
  gone === 0 ? null : gone === all ? words.all(gone) : words.some(gone)

/** Says of one person who is to be deleted that they are an admin, or the only one; null: they are none. */
export async function adminWords(user: Pick<User, 'isAdmin'>, words: Words): Promise<string | null> {
  if (!user.isAdmin) return null
  return (await admins()) === 1 ? words.only : words.one
}
