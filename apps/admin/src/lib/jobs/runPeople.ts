import type { Reachability, User } from '@kamihi/contracts'
import * as t from '../../texts/index.ts'
import { api } from '../api/api.ts'
import { asked, type Choice, type Choices, offered, userChoices } from '../list/choices.ts'
import { nameOfUser, numberOf } from '../people/userNames.ts'

/** As many of those who cannot be reached as are offered at least, behind the others. */
const fewUnreachable = 10

/** Somebody for whom a job may run by hand, with why they would not get it. */
const choiceOf = (user: User): Choice => ({
  id: user.id,
  label: nameOfUser(user),
  detail: [numberOf(user) ?? '', user.reachability === 'ok' ? '' : t.states.reachability[user.reachability]]
    .filter((part) => part !== '')
    .join(' · '),
})

/** People for whom a job may run by hand: those who can be reached first. */
export const runPeople: Choices = {
  ...userChoices,
  purpose: 'run',
  get placeholder() {
    return userChoices.placeholder
  },
  async find(q) {
    const [reachable, others] = await Promise.all([
      api.listUsers({ query: { ...asked(q), unreachable: false } }),
      api.listUsers({ query: { ...asked(q), unreachable: true } }),
    ])
    return reachableFirst(reachable.items, others.items).map(choiceOf)
  },
}

/** As many as a picker offers: those who can be reached, and behind them some who cannot. */
export function reachableFirst<T>(reachable: readonly T[], others: readonly T[]): T[] {
  const behind = others.slice(0, Math.max(fewUnreachable, offered - reachable.length))
  return [...reachable.slice(0, offered - behind.length), ...behind]
}

/** Somebody who was chosen and will not get it. */
export interface OutOfReach {
  name: string
  reachability: Exclude<Reachability, 'ok'>
}

/** Those of some people who cannot be reached. */
export const outOfReachOf = (users: readonly User[]): OutOfReach[] =>
  users.flatMap((user) =>
    user.reachability === 'ok' ? [] : [{ name: nameOfUser(user), reachability: user.reachability }],
  )
