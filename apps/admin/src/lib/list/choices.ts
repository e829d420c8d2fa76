import type { Action, Job, RoleSummary, User } from '@kamihi/contracts'
import * as t from '../../texts/index.ts'
import { api } from '../api/api.ts'
import { titleOf } from '../jobs/jobDraft.ts'
import { nameOfUser, numberOf } from '../people/userNames.ts'
import { eachNamed } from './eachNamed.ts'

/** Something that can be picked. */
export interface Choice {
  id: string
  label: string
  detail: string
  /** Why it cannot be picked where only what works is wanted; missing: it can. */
  bar?: string
}

/** Where the choices of a picker come from. */
export interface Choices {
  /** First part of the query keys, so that live changes reach them. */
  kind: 'users' | 'roles' | 'actions' | 'jobs' | 'zones'
  /** Tells choices of one kind apart that are made differently. */
  purpose?: string
  readonly placeholder: string
  find(search: string): Promise<Choice[]>
  /** Those already chosen, with their names. */
  named(ids: string[]): Promise<Choice[]>
  /** Who has this number of Telegram; null: nobody. Where it is missing, numbers cannot be pasted. */
  byTelegramId?(telegramId: number): Promise<Choice | null>
}

const ofUser = (user: User): Choice => ({
  id: user.id,
  label: nameOfUser(user),
  detail: [numberOf(user) ?? '', user.reachability === 'ok' ? '' : t.forms.unreachable]
    .filter((part) => part !== '')
    .join(' · '),
})
const ofRole = (role: RoleSummary): Choice => ({
  id: role.id,
  label: role.name,
  detail: [t.common.people(role.userCount), ...(role.locked ? [t.people.roles.isLocked] : [])].join(' · '),
})
/** A role as somebody is to get it or lose it. */
const ofRoleToHave = (role: RoleSummary): Choice =>
  role.locked
    ? {
        id: role.id,
        label: role.name,
        detail: t.common.people(role.userCount),
        bar: t.people.roles.isLockedFor,
      }
    : ofRole(role)
const ofJob = (job: Job): Choice => ({
  id: job.id,
  label: titleOf(job),
  detail: job.name ? `/${job.action}` : '',
})
/** An action by its name, with its other commands and what it does. */
const ofAction = ({ name, commands, description, state }: Action): Choice => ({
  id: name,
  label: `/${name}`,
  detail: [...commands.filter((command) => command !== name).map((command) => `/${command}`), description]
    .filter(Boolean)
    .join(' · '),
  ...(state === 'loaded' ? {} : { bar: t.forms.actionBars[state] }),
})

/** As many as a picker offers at once. */
export const offered = 50
/** What a picker asks of a list by what was typed. */
export const asked = (q: string) => ({ ...(q ? { q } : {}), limit: offered })
/** As many actions as are looked at, so that those that work come first among them. */
const mostActions = 200

export const userChoices: Choices = {
  kind: 'users',
  get placeholder() {
    return t.forms.searchUsers
  },
  find: async (q) => (await api.listUsers({ query: asked(q) })).items.map(ofUser),
  named: (ids) => eachNamed(ids, async (id) => ofUser(await api.getUser({ params: { id } }))),
  async byTelegramId(telegramId) {
    const { items } = await api.listUsers({ query: asked(String(telegramId)) })
    const user = items.find((one) => one.telegramId === telegramId)
    return user ? ofUser(user) : null
  },
}

export const roleChoices: Choices = {
  kind: 'roles',
  get placeholder() {
    return t.forms.searchByName
  },
  find: async (q) => (await api.listRoles({ query: asked(q) })).items.map(ofRole),
  named: (ids) => eachNamed(ids, async (id) => ofRole(await api.getRole({ params: { id } }))),
}

/** Roles for who does not decide about those that are locked. */
export const openRoleChoices: Choices = {
  ...roleChoices,
  purpose: 'membership',
  find: async (q) => (await api.listRoles({ query: asked(q) })).items.map(ofRoleToHave),
  named: (ids) => eachNamed(ids, async (id) => ofRoleToHave(await api.getRole({ params: { id } }))),
}

export const jobChoices: Choices = {
  kind: 'jobs',
  get placeholder() {
    return t.forms.searchByName
  },
  find: async (q) => (await api.listJobs({ query: asked(q) })).items.map(ofJob),
  named: (ids) => eachNamed(ids, async (id) => ofJob(await api.getJob({ params: { id } }))),
}

export const actionChoices: Choices = {
  kind: 'actions',
  get placeholder() {
    return t.forms.searchActions
  },
  async find(typed) {
    const q = typed.trim().replace(/^\//, '')
    const { items } = await api.listActions({ query: { ...asked(q), limit: mostActions } })
    const found = items.map(ofAction)
    return [...found.filter(({ bar }) => !bar), ...found.filter(({ bar }) => bar)].slice(0, offered)
  },
  named: async (names) => names.map((name) => ({ id: name, label: `/${name}`, detail: '' })),
}
