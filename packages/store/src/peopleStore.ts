import type {
  Action,
  ActionError,
  ActionQuery,
  Page,
  Permission,
  PermissionQuery,
  Reachability,
  Role,
  RoleLoss,
  RoleQuery,
  RoleSummary,
  User,
  UserQuery,
} from '@kamihi/contracts'
import type { Change, LastOwner, Saved } from './change.ts'

/** A query of users; `withoutProfiles`: by somebody who knows neither profiles nor Telegram ids, and so must not find by them. */
export type UsersAsked = UserQuery & { withoutProfiles?: boolean }

export interface ActionDefinitionRecord {
  name: string
  commands: string[]
  description: string | null
  argsSchema: Record<string, unknown> | null
  idempotent: boolean
  /** Set when its file failed to load; its name is then that of the file. */
  error: string | null
}

/** What may be said of a user. */
export type UserPatch = Partial<{
  telegramId: number
  isAdmin: boolean
  name: string | null
  profile: Record<string, unknown>
  roleIds: string[]
}>
export type NewUser = UserPatch & { telegramId: number }

/** A user to be added, or to be changed as long as they are of that version. */
export type UserWrite =
  | { kind: 'create'; input: NewUser }
  | { kind: 'update'; id: string; version: number; patch: UserPatch }
export type UserOutcome = Saved<User> | LastOwner

/** Users: who they are, whether they can be reached and what they may use. */
export interface UserStore {
  create(input: NewUser, change: Change): Promise<Saved<User>>
  update(id: string, version: number, patch: UserPatch, change: Change): Promise<UserOutcome>
  /** Different users, each by itself as `create` and `update` would, but in one transaction: what is refused leaves those beside it alone. */
  saveMany(writes: readonly UserWrite[], change: Change): Promise<UserOutcome[]>
  remove(id: string, change: Change): Promise<'removed' | 'not_found' | 'last_owner'>
  get(id: string): Promise<User | null>
  getMany(ids: string[]): Promise<User[]>
  getByTelegramId(telegramId: number): Promise<User | null>
  getManyByTelegramId(telegramIds: number[]): Promise<User[]>
  list(query: UsersAsked): Promise<Page<User>>
  /** Ids of those that a query finds, at most so many. */
  matching(query: UserQuery, limit: number): Promise<string[]>
  /** How many jobs reach each of these users, directly or by a role; whom none reaches is left out. */
  jobCounts(ids: string[]): Promise<Map<string, number>>
  /** Writing to the bot makes a user reachable again; gives the id of one who was not, else null. */
  seen(telegramId: number, now: number): Promise<string | null>
  /** Somebody wants the user to be tried again; `unchanged`: they are already. */
  markReachable(id: string, change: Change): Promise<'marked' | 'unchanged' | 'not_found'>
  /** Somebody had it checked whether the user can be reached. */
  checked(id: string, reachability: Reachability, change: Change): Promise<User | null>
  /** True when the user may run the action: admin, or by a permission, directly or by a role. */
  mayUse(userId: string, action: string): Promise<boolean>
  /** Everyone who may use the action, admins included. */
  allowedFor(action: string): Promise<User[]>
  /** Names of the loaded actions that the user may use. */
  actionsOf(userId: string): Promise<string[]>
}

/** Roles and their members. */
export interface RoleStore {
  create(input: { name: string; locked?: boolean; userIds?: string[] }, change: Change): Promise<Saved<Role>>
  update(
    id: string,
    version: number,
    patch: { name?: string; locked?: boolean; userIds?: string[] },
    change: Change,
  ): Promise<Saved<Role>>
  remove(id: string, change: Change): Promise<boolean>
  get(id: string): Promise<Role | null>
  getByName(name: string): Promise<Role | null>
  list(query: RoleQuery): Promise<Page<RoleSummary>>
  matching(query: RoleQuery, limit: number): Promise<string[]>
  /** Those of some roles that an owner locked, by name. */
  lockedAmong(ids: string[]): Promise<Pick<RoleSummary, 'id' | 'name'>[]>
  /** What people lose when it is removed. */
  lossOf(id: string): Promise<RoleLoss>
  /** Adds a member; `already` when it was one. */
  assign(roleId: string, userId: string, change: Change): Promise<'assigned' | 'already' | 'not_found'>
  unassign(roleId: string, userId: string, change: Change): Promise<boolean>
}

/** Who may use an action: users and roles. */
export interface PermissionStore {
  create(
    input: { action: string; userIds?: string[]; roleIds?: string[] },
    change: Change,
  ): Promise<Saved<Permission>>
  update(
    id: string,
    version: number,
    patch: { action?: string; userIds?: string[]; roleIds?: string[] },
    change: Change,
  ): Promise<Saved<Permission>>
  remove(id: string, change: Change): Promise<boolean>
  get(id: string): Promise<Permission | null>
  list(query: PermissionQuery): Promise<Page<Permission>>
  matching(query: PermissionQuery, limit: number): Promise<string[]>
}

/** An action as it is kept; how its runs went is counted when it is asked for. */
export type ActionRecord = Omit<Action, 'lastWeek'>

/** What is kept of the actions of the code. */
export interface ActionStore {
  /** Makes the table equal to the code: upserts these, archives the others, never deletes. */
  sync(
    definitions: ActionDefinitionRecord[],
    now: number,
  ): Promise<{ archived: string[]; restored: string[] }>
  get(name: string): Promise<ActionRecord | null>
  list(query: ActionQuery): Promise<Page<ActionRecord>>
  /** How the runs of each went that began since then, as epoch ms; those without any are left out. */
  runsSince(names: string[], since: number): Promise<Map<string, Action['lastWeek']>>
  /** What went wrong in the last runs that began since then, newest first. */
  errorsSince(name: string, since: number): Promise<ActionError[]>
}
