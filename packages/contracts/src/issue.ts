import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Id, Instant, Nullable, OneOf } from './common.ts'
import { CronIssue } from './cronIssue.ts'
import { DegradedReason } from './health.ts'
import { DeliveryState, RunState } from './run.ts'
import { AccessRole } from './session.ts'

/** What a request can be about, as it is called where there is none of it. */
export const thingNames = [
  'job',
  'archived job',
  'run',
  'delivery',
  'user',
  'role',
  'permission',
  'action',
  'account',
  'session',
  'token',
] as const
export const ThingName = OneOf(thingNames)
export type ThingName = Static<typeof ThingName>

const issue = <const K extends string, P extends Record<string, TSchema>>(kind: K, properties: P) =>
  Type.Object({ kind: Type.Literal(kind), ...properties })
const limit = { limit: Type.Number() }
const thing = { thing: ThingName }

/** Why a new password cannot be used. */
const weaknesses = [
  issue('password_too_short', { length: Type.Integer(), least: Type.Integer() }),
  issue('password_too_long', { length: Type.Integer(), most: Type.Integer() }),
  issue('password_repetitive', {}),
  issue('password_holds_username', {}),
  issue('password_hardly_more', { word: Type.String() }),
  issue('password_common', {}),
  issue('password_keyboard_row', {}),
] as const

/** What the schema of a request asks of a field. */
const rules = [
  issue('unknown_field', {}),
  issue('required', {}),
  issue('type', { type: Type.String() }),
  issue('one_of', { values: Type.Array(Type.Unknown()) }),
  issue('exactly', { value: Type.Unknown() }),
  issue('min_length', limit),
  issue('max_length', limit),
  issue('minimum', limit),
  issue('maximum', limit),
  issue('max_items', limit),
  issue('format', { format: Type.String() }),
  issue('username', {}),
] as const

/** What is wrong with one field beyond its schema. */
const ofFields = [
  issue('is_taken', {}),
  issue('does_not_exist', {}),
  issue('is_wrong', {}),
  issue('not_before', { other: Type.String() }),
  issue('ids_or_filter', {}),
  issue('finds_too_many', limit),
  issue('may_say_overlap', {}),
  issue('no_occurrence', {}),
  issue('cron', { issue: CronIssue, suggestion: Nullable(Type.String()) }),
  issue('timezone', { given: Type.String() }),
  issue('no_such_action', { given: Type.String(), known: Type.Array(Type.String()) }),
  issue('missing_arg', { name: Type.String() }),
  issue('wrong_type', {
    name: Type.String(),
    given: Type.Unknown(),
    type: Type.String({ description: 'As JSON Schema calls it; `value` where it says nothing' }),
    values: Type.Optional(Type.Array(Type.Unknown(), { description: 'The ones that are allowed' })),
  }),
  issue('json_too_much', { of: OneOf(['levels', 'keys', 'bytes']), ...limit }),
  issue('unknown_arg', { name: Type.String(), meant: Nullable(Type.String()) }),
] as const

/** What is wrong with a request as a whole. */
const ofRequests = [
  issue('no_such', thing),
  issue('not_left_out', {}),
  issue('changed_meanwhile', thing),
  issue('taken', { ...thing, field: Type.String() }),
  issue('unknown_ids', { field: Type.String(), ids: Type.Array(Type.String()) }),
  issue('role_needed', { needs: AccessRole, has: AccessRole }),
  issue('token_may_not', { method: Type.String(), path: Type.String() }),
  issue('token_unknown', {}),
  issue('sign_in_old', { minutes: Type.Integer() }),
  issue('too_many_sign_ins', {}),
  issue('too_many_streams', {}),
  issue('wait', { seconds: Type.Integer() }),
  issue('bot_not_connected', {}),
  issue('account_not_linked', { username: Type.String() }),
  issue('code_sent', {}),
  issue('codes_only', {}),
  issue('code_again', {}),
  issue('password_first', {}),
  issue('no_codes_now', {}),
  issue('newer_setup_link', {}),
  issue('used_link', {}),
  issue('other_owner_first', {}),
  issue('admins_by_owners', {}),
  issue('admin_by_owners', {}),
  issue('linked_by_owners', { accounts: Type.Array(Type.String(), { description: 'Their user names' }) }),
  issue('switch_jobs_on', {}),
  issue('key_used', { runId: Id }),
  issue('run_open', { runId: Id, choices: Type.Array(OneOf(['wait', 'replace'])) }),
  issue('ended_as', { state: RunState }),
  issue('only_paused_resumes', {}),
  issue('end_first', {}),
  issue('job_does_not_run', {}),
  issue('job_runs_no_more', {}),
  issue('not_at_that_time', {
    at: Instant,
    hasPassed: Type.Boolean(),
    nearest: Type.Array(Instant, { description: 'The times around it, at most two' }),
  }),
  issue('delivery_under_way', { runId: Id }),
  issue('delivery_arrived', { runId: Id }),
  issue('others_first', {}),
  issue('delivery_ended_as', { state: DeliveryState }),
  issue('slot_has_run', { runId: Id }),
  issue('slot_ahead', {}),
  issue('slot_of_none', {
    nearest: Type.Array(Instant, { description: 'The times around it, at most two' }),
  }),
  issue('slot_unrecorded', {}),
  issue('bot_away', { detail: Nullable(Type.String()) }),
  issue('telegram_wait', { seconds: Type.Integer() }),
  issue('telegram_silent', { detail: Type.String() }),
  issue('database', { reason: DegradedReason }),
  issue('database_locked', {}),
  issue('database_closed', {}),
] as const

/** What is wrong with a request or with one of its fields: from this, clients make a sentence in the language of their reader. */
export const Issue = Type.Union([...ofRequests, ...ofFields, ...rules, ...weaknesses])
export type Issue = Static<typeof Issue>
/** A issue of one kind. */
export type IssueOf<K extends Issue['kind']> = Extract<Issue, { kind: K }>
/** A sentence for each kind of issue. */
export type IssueWords = { [K in Issue['kind']]: (issue: IssueOf<K>) => string }
