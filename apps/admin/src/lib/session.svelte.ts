import type { Session } from '@kamihi/contracts'
import { getContext, setContext } from 'svelte'

const key = Symbol('session')

/** Who is signed in and what they may do; given to every page. */
export interface Signed {
  readonly session: Session
  readonly canEdit: boolean
}

export const provideSession = (signed: Signed): void => void setContext(key, signed)
export const useSession = (): Signed => getContext<Signed>(key)
/** Why a control is off for somebody who may only read. */
export const needsOperator = 'Needs the role operator'
