import type { Session } from '@kamihi/contracts'
import { getContext, setContext } from 'svelte'

const key = Symbol('session')

/** Who is signed in and what they may do; given to every page. */
export interface Signed {
  readonly session: Session
  /** False for somebody who may only read: they are shown forms, and cannot type in them. */
  readonly mayEdit: boolean
  /** Whether something can be changed right now: false too while the bot does not answer. */
  readonly canEdit: boolean
  /** Since when the bot does not answer (epoch milliseconds), so that what is shown may be old; null: it does. */
  readonly staleSince: number | null
  /** Why a control is off; null while it is on. */
  readonly whyNot: string | null
  /** Why no job can be run now; null while one can. */
  readonly whyNoRun: string | null
}

export const provideSession = (signed: Signed): void => void setContext(key, signed)
export const useSession = (): Signed => getContext<Signed>(key)
