import type { User } from '@kamihi/contracts'
import type { Texts } from '../texts/index.ts'

type Person = Pick<User, 'reachability' | 'lastSeenAt'>

/** Whether somebody can be reached, as far as Telegram has told. That they have not written is no reason to doubt it. */
export const reachOf = ({ reachability }: Person): User['reachability'] => reachability

/** The same in words; of who never wrote nothing is promised. */
export const reachWord = ({ reachability, lastSeenAt }: Person, states: Texts['states']): string =>
  reachability === 'ok' && lastSeenAt === null ? states.notWrittenYet : states.reachability[reachability]
