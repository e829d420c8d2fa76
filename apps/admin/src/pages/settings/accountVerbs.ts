import type { Account, AccountUpdate } from '@kamihi/contracts'
import { api } from '../../lib/api/api.ts'

/** What an owner can do with an account. */
export type AccountVerb =
  | 'role'
  | 'invite'
  | 'reset'
  | 'sessions'
  | 'user'
  | 'audit'
  | 'enable'
  | 'disable'
  | 'delete'
/** What of an account can be changed. */
export type Patch = Omit<AccountUpdate, 'version'>

/** Changes an account as it was seen; refused when somebody else changed it meanwhile. */
export const changeAccount = ({ id, version }: Account, patch: Patch): Promise<Account> =>
  api.updateAccount({ params: { id }, body: { version, ...patch } })
