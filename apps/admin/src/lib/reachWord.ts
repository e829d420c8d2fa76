import type { User } from '@kamihi/contracts'
import type { Texts } from '../texts/index.ts'

type Person = Pick<User, 'reachability' | 'lastSeenAt'>

/** Whether somebody can be reached, as far as is known: nothing was heard of who never wrote, so that nothing can be promised. */
export const reachOf = ({ reachability, lastSeenAt }: Person): User['reachability'] =>
  reachability === 'ok' && lastSeenAt === null ? 'not_started' : reachability

/** The same in words. */
export const reachWord = (person: Person, states: Texts['states']): string =>
  states.reachability[reachOf(person)]
