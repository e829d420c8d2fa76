import { type Static, Type } from '@sinclair/typebox'
import { ArgLimits } from './argLimits.ts'
import { caseOf, Id, Instant, Nullable, OneOf } from './common.ts'
import { CronIssue } from './cronIssue.ts'
import { DeliveryState } from './delivery.ts'
import { DegradedReason } from './health.ts'
import { RunState } from './run.ts'
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

const limit = { limit: Type.Number() }
const thing = { thing: ThingName }
const lockedRoles = { roles: Type.Array(Type.String(), { description: 'Their names' }) }

/** Why a new password cannot be used. */
const weaknesses = [
  caseOf('password_too_short', { length: Type.Integer(), least: Type.Integer() }),
  caseOf('password_too_long', { length: Type.Integer(), most: Type.Integer() }),
  caseOf('password_repetitive', {}),
  caseOf('password_holds_username', {}),
  caseOf('password_hardly_more', { word: Type.String() }),
  caseOf('password_common', {}),
  caseOf('password_keyboard_row', {}),
] as const

/** What the schema of a request asks of a field. */
const rules = [
  caseOf('unknown_field', {}),
  caseOf('required', {}),
  caseOf('type', { type: Type.String() }),
  caseOf('one_of', { values: Type.Array(Type.Unknown()) }),
  caseOf('exactly', { value: Type.Unknown() }),
  caseOf('min_length', limit),
  caseOf('max_length', limit),
  caseOf('minimum', limit),
  caseOf('maximum', limit),
  caseOf('min_items', limit),
  caseOf('max_items', limit),
  caseOf('format', { format: Type.String() }),
  caseOf('username', {}),
  caseOf('telegram_service', {}),
] as const

/** What is wrong with one field beyond its schema. */
const ofFields = [
  caseOf('is_taken', {}),
  caseOf('does_not_exist', {}),
  caseOf('is_wrong', {}),
  caseOf('not_before', { other: Type.String() }),
  caseOf('too_long_after', {
    other: Type.String(),
    days: Type.Integer({ description: 'The most there may be between them' }),
  }),
  caseOf('stale_cursor', {}),
  caseOf('ids_or_filter', {}),
  caseOf('finds_too_many', limit),
  caseOf('may_say_overlap', {}),
  caseOf('no_occurrence', {}),
  caseOf('no_run_between', {}),
  caseOf('cron', { issue: CronIssue, suggestion: Nullable(Type.String()) }),
  caseOf('timezone', { given: Type.String() }),
  caseOf('no_such_action', { given: Type.String(), known: Type.Array(Type.String()) }),
  caseOf('missing_arg', { name: Type.String() }),
  caseOf('wrong_type', {
    name: Type.String(),
    given: Type.Unknown(),
    type: Type.String({ description: 'As JSON Schema calls it; `value` where it says nothing' }),
    values: Type.Optional(Type.Array(Type.Unknown(), { description: 'The ones that are allowed' })),
    limits: Type.Optional(ArgLimits),
  }),
  caseOf('json_too_much', { of: OneOf(['levels', 'keys', 'bytes']), ...limit }),
  caseOf('unknown_arg', { name: Type.String(), meant: Nullable(Type.String()) }),
] as const

/** What is wrong with a request as a whole. */
const ofRequests = [
  caseOf('no_such', thing),
  caseOf('not_left_out', {}),
  caseOf('changed_meanwhile', thing),
  caseOf('taken', { ...thing, field: Type.String() }),
  caseOf('unknown_ids', { field: Type.String(), ids: Type.Array(Type.String()) }),
  caseOf('role_needed', { needs: AccessRole, has: AccessRole }),
  caseOf('token_may_not', { method: Type.String(), path: Type.String() }),
  caseOf('token_unknown', {}),
  caseOf('sign_in_old', { minutes: Type.Integer() }),
  caseOf('too_many_sign_ins', {}),
  caseOf('too_many_streams', {}),
  caseOf('wait', { seconds: Type.Integer() }),
  caseOf('bot_not_connected', {}),
  caseOf('account_not_linked', { username: Type.String() }),
  caseOf('code_sent', {}),
  caseOf('codes_only', {}),
  caseOf('code_again', {}),
  caseOf('password_first', {}),
  caseOf('no_codes_now', {}),
  caseOf('newer_setup_link', {}),
  caseOf('used_link', {}),
  caseOf('other_owner_first', {}),
  caseOf('admins_by_owners', {}),
  caseOf('admin_by_owners', {}),
  caseOf('locks_by_owners', {}),
  caseOf('locked_by_owners', lockedRoles),
  caseOf('member_by_owners', lockedRoles),
  caseOf('linked_by_owners', { accounts: Type.Array(Type.String(), { description: 'Their user names' }) }),
  caseOf('switch_jobs_on', {}),
  caseOf('key_used', { runId: Id }),
  caseOf('run_open', { runId: Id, choices: Type.Array(OneOf(['wait', 'replace'])) }),
  caseOf('ended_as', { state: RunState }),
  caseOf('only_paused_resumes', {}),
  caseOf('end_first', {}),
  caseOf('job_does_not_run', {}),
  caseOf('job_runs_no_more', {}),
  caseOf('not_at_that_time', {
    at: Instant,
    hasPassed: Type.Boolean(),
    nearest: Type.Array(Instant, { description: 'The times around it, at most two' }),
  }),
  caseOf('delivery_under_way', { runId: Id }),
  caseOf('delivery_arrived', { runId: Id }),
  caseOf('others_first', {}),
  caseOf('delivery_waits_not', { state: DeliveryState }),
  caseOf('delivery_ended_as', { state: DeliveryState }),
  caseOf('slot_has_run', { runId: Id }),
  caseOf('slot_ahead', {}),
  caseOf('slot_of_none', {
    nearest: Type.Array(Instant, { description: 'The times around it, at most two' }),
  }),
  caseOf('slot_unrecorded', {}),
  caseOf('bot_away', { detail: Nullable(Type.String()) }),
  caseOf('telegram_wait', { seconds: Type.Integer() }),
  caseOf('telegram_silent', { detail: Type.String() }),
  caseOf('database', { reason: DegradedReason }),
  caseOf('database_locked', {}),
  caseOf('database_closed', {}),
] as const

/** What is wrong with a request or with one of its fields: from this, clients make a sentence in the language of their reader. */
export const Issue = Type.Union([...ofRequests, ...ofFields, ...rules, ...weaknesses])
export type Issue = Static<typeof Issue>
/** An issue of one kind. */
export type IssueOf<K extends Issue['kind']> = Extract<Issue, { kind: K }>
/** A sentence for each kind of issue. */
export type IssueWords = { [K in Issue['kind']]: (issue: IssueOf<K>) => string }

/** The sentence for an issue, in the language of the words. */
export const wordsOfIssue = (issue: Issue, words: IssueWords): string =>
  (words[issue.kind] as (issue: Issue) => string)(issue)
