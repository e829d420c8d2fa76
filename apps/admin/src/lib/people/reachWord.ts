import type { User } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

type Person = Pick<User, 'reachability' | 'lastSeenAt'>

/** Whether Telegram has told that somebody cannot be reached. That they have not written is no reason to think so. */
export const isOutOfReach = ({ reachability }: Pick<Person, 'reachability'>): boolean => reachability !== 'ok'

/** How somebody can be reached, in words; of who never wrote nothing is promised. */
export const reachWord = ({ reachability, lastSeenAt }: Person, states: Texts['states']): string =>
  reachability === 'ok' && lastSeenAt === null ? states.notWrittenYet : states.reachability[reachability]
