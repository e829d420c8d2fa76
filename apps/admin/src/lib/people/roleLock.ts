import type { Role, Session } from '@kamihi/contracts'
import * as t from '../../texts/index.ts'

/** Whether somebody may lock roles, and change those that are locked. */
export const maySetLocks = ({ account }: Session): boolean => account.role === 'owner'

/** Why somebody may change neither a role nor who has it; null: they may. */
export const whyLocked = (role: Pick<Role, 'locked'> | null, session: Session): string | null =>
  role?.locked && !maySetLocks(session) ? t.people.roles.lockedByOwners : null
