import { type ArgLimitWords, limitsIn } from './argLimits.ts'
import { cronIssueWords } from './cronIssueWords.ts'
import { degradedWords } from './health.ts'
import { type Issue, type IssueWords, wordsOfIssue } from './issue.ts'

/** Issues in English, as the server writes them. What is said of one field goes on from its name: `name: is required`. */
export const issueWords: IssueWords = {
  no_such: ({ thing }) => `There is no such ${thing}.`,
  not_left_out: () => 'That run was not to be left out.',
  changed_meanwhile: ({ thing }) =>
    `This ${thing} was changed meanwhile. Load it again, or send the version you want to replace.`,
  taken: ({ thing, field }) => `There is a ${thing} with this ${field} already.`,
  unknown_ids: ({ field, ids }) => `Unknown ${field}: ${ids.join(', ')}.`,
  role_needed: ({ needs, has }) => `This needs the role ${needs}; yours is ${has}.`,
  token_may_not: ({ method, path }) => `An API token may not ${method} ${path}. Sign in and do it yourself.`,
  token_unknown: () => 'The API token is unknown, expired or revoked.',
  sign_in_old: ({ minutes }) => `Your last sign-in was more than ${minutes} minutes ago.`,
  too_many_sign_ins: () => 'Too many sign-ins at once.',
  too_many_streams: () => 'Too many open event streams.',
  wait: ({ seconds }) => `Too many tries. Wait ${seconds} seconds.`,
  bot_not_connected: () => 'The bot is not connected to Telegram, so it cannot send the code.',
  account_not_linked: ({ username }) =>
    `A code of the bot is needed. Link the account first: kamihi owner link ${username} <telegram-id>`,
  code_sent: () => 'The bot has sent you a code.',
  codes_only: () => 'Ask for a code of the bot (web.auth.require is bot).',
  code_again: () => 'Sign in once more with a code of the bot.',
  password_first: () => 'Sign in with your password first; the code follows.',
  no_codes_now: () => 'web.auth.bot_code is off, or the bot is not connected to Telegram.',
  newer_setup_link: () => 'Use the newest set-up link printed on the console.',
  used_link: () => 'It was used, has expired, or a newer one was made. Ask for another link.',
  other_owner_first: () =>
    'Nobody could sign in as owner any more. First make somebody else owner, or give the owner a password.',
  admins_by_owners: () => 'Only owners say who is admin. Ask one of them.',
  admin_by_owners: () =>
    'This user is admin: only owners may remove them or change their Telegram id. Ask one of them.',
  locks_by_owners: () => 'Only owners lock a role or unlock it. Ask one of them.',
  locked_by_owners: ({ roles }) =>
    `${rolesWords(roles)} locked: only owners change what is locked, and who has it. Ask one of them.`,
  member_by_owners: ({ roles }) =>
    `${rolesWords(roles)} locked, and this user has ${roles.length === 1 ? 'it' : 'them'}: only owners may remove them or change their Telegram id. Ask one of them.`,
  linked_by_owners: ({ accounts }) =>
    `The bot sends this user the codes of ${accounts.join(', ')} to sign in here: only owners may remove them or change their Telegram id. Ask one of them.`,
  switch_jobs_on: () => 'Set jobs.enabled to true (KAMIHI_JOBS__ENABLED=true) and start again.',
  key_used: ({ runId }) =>
    `The key was used for run ${runId}, with other args, other people, or dry. Use a new key for a new run.`,
  run_open: ({ runId, choices }) =>
    `Run ${runId} of this job has not ended. ${['Wait for it or cancel it', ...choices.map((choice) => overlapWords[choice])].join(', or send ')}.`,
  ended_as: ({ state }) => `It ended as "${state}".`,
  only_paused_resumes: () => 'Only a paused run can be resumed.',
  end_first: () => 'Wait for its end or cancel it first.',
  job_does_not_run: () => 'The job is disabled or cannot be scheduled: it does not run by itself.',
  job_runs_no_more: () => 'The job does not run again.',
  not_at_that_time: ({ at, hasPassed, nearest }) =>
    [
      hasPassed ? 'That time has passed.' : `The job does not run at ${at}.`,
      nearest.length === 0
        ? ''
        : ` The nearest ${nearest.length > 1 ? 'are' : 'is'} ${nearest.join(' and ')}.`,
    ].join(''),
  delivery_under_way: ({ runId }) =>
    `It is still being sent, by run ${runId}. Wait for its end or cancel it.`,
  delivery_arrived: ({ runId }) => `It has arrived, by run ${runId}. To send something anew, run the job.`,
  others_first: () => 'Others of its run are still being served. Wait for its end or cancel it.',
  delivery_waits_not: ({ state }) =>
    state === 'acting' || state === 'sending'
      ? 'It is in hand right now, which cannot be called back. Try again when it waits, or cancel the run.'
      : `Only what still waits can be left out; this one is ${state}.`,
  delivery_ended_as: ({ state }) => `Only a delivery that is uncertain can be decided; this one is ${state}.`,
  slot_has_run: ({ runId }) => `Run ${runId} stands for that time, and each time has one run at most.`,
  slot_ahead: () => 'Its time has not come, or the scheduler is about to run it.',
  slot_of_none: ({ nearest }) =>
    [
      'The job does not run at that time.',
      ...(nearest.length === 0
        ? []
        : [`The nearest ${nearest.length > 1 ? 'are' : 'is'} ${nearest.join(' and ')}.`]),
    ].join(' '),
  slot_unrecorded: () =>
    'Nothing is recorded of that time, so nobody knows whether the job ran. Run it without one.',
  bot_away: ({ detail }) =>
    `Wait until the bot is connected to Telegram.${detail === null ? '' : ` ${detail}`}`,
  telegram_wait: ({ seconds }) => `Telegram asks to wait ${seconds} s.`,
  telegram_silent: ({ detail }) => `Telegram did not tell: ${detail}`,
  database: ({ reason }) => degradedWords[reason],
  database_locked: () => 'Another process keeps the database locked.',
  database_closed: () => 'The database is not available.',

  is_taken: () => 'is taken',
  does_not_exist: () => 'names something that does not exist',
  is_wrong: () => 'is wrong',
  not_before: ({ other }) => `has to be before \`${other}\``,
  too_long_after: ({ other, days }) =>
    `has to be at most ${days === 1 ? 'one day' : `${days} days`} after \`${other}\``,
  stale_cursor: () => 'is none of this list in this order: begin again without a cursor',
  ids_or_filter: () => 'give either ids or a filter; an empty filter means all',
  finds_too_many: ({ limit }) => `finds more than ${limit}, which is the most at once: narrow it`,
  may_say_overlap: () => 'may say what to do about the run that is open',
  no_occurrence: () => 'is no time at which the job runs',
  no_run_between: () => 'leaves the job no time at which it would run: move it, or the start',
  cron: ({ issue, suggestion }) =>
    `Invalid cron expression. ${cronIssueWords(issue)}${suggestion === null ? '' : ` Did you mean "${suggestion}"?`}`,
  timezone: ({ given }) => `Unknown time zone: "${given}". Use UTC or a name like Europe/Madrid.`,
  no_such_action: ({ given, known }) =>
    `There is no action called "${given}". Known are: ${known.join(', ') || 'none'}.`,
  missing_arg: ({ name }) => `"${name}" is not given and will be null.`,
  wrong_type: ({ name, given, type, values, limits = {} }) => {
    const kind = [type === 'integer' ? 'an integer' : `a ${type}`, limitsIn(limits, limitWords)]
    const expected = values
      ? `one of ${list(values)} is expected`
      : `the action expects ${kind.filter(Boolean).join(': ')}`
    return `"${name}" is ${JSON.stringify(given)}; ${expected}.`
  },
  unknown_arg: ({ name, meant }) =>
    `The action asks nothing called "${name}".${meant === null ? '' : ` Did you mean "${meant}"?`}`,

  json_too_much: ({ of, limit }) =>
    `may have at most ${limit} ${of === 'levels' ? 'levels inside of each other' : of}`,
  unknown_field: () => 'is not a field of this request',
  required: () => 'is required',
  type: ({ type }) => `has to be ${typeWords[type] ?? `a ${type}`}`,
  one_of: ({ values }) => `has to be one of ${list(values)}`,
  exactly: ({ value }) => `has to be ${JSON.stringify(value)}`,
  min_length: ({ limit }) => (limit === 1 ? 'has to be given' : `needs at least ${limit} characters`),
  max_length: ({ limit }) => `may have at most ${limit} characters`,
  minimum: ({ limit }) => `has to be ${limit} or more`,
  maximum: ({ limit }) => `has to be ${limit} or less`,
  min_items: ({ limit }) => `has to hold at least ${limit}`,
  max_items: ({ limit }) => `may hold at most ${limit}`,
  format: ({ format }) => `has to be a ${format}, like 2026-11-24T08:00:00.000Z`,
  telegram_service: () => 'is an account of Telegram itself, through which others speak: it is no person',
  username: () => 'may hold only letters, digits and . _ - @, without spaces',

  password_too_short: ({ length, least }) => `It has ${length} characters; at least ${least} are needed.`,
  password_too_long: ({ length, most }) => `It has ${length} characters; at most ${most} are allowed.`,
  password_repetitive: () => 'It repeats too few characters.',
  password_holds_username: () => 'It holds the user name.',
  password_hardly_more: ({ word }) => `It is hardly more than "${word}".`,
  password_common: () => 'It is one of the most common passwords.',
  password_keyboard_row: () => 'It is a row of the keyboard.',
}

/** What is wrong with one field, as a problem tells it; `given` and `allowed` where they help. */
export const fieldIssue = (
  path: string,
  issue: Issue,
  more: { given?: unknown; allowed?: unknown } = {},
) => ({
  path,
  message: wordsOfIssue(issue, issueWords),
  issue,
  ...more,
})

const rolesWords = (names: readonly string[]): string =>
  names.length === 1 ? `The role "${names[0]}" is` : `The roles ${list(names)} are`
const overlapWords = {
  wait: 'onOverlap "wait" to run after it',
  replace: 'onOverlap "replace" to cancel it and run now',
}
const typeWords: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  array: 'a list',
  object: 'an object',
  boolean: 'true or false',
}
const limitWords: ArgLimitWords = {
  minimum: (limit) => `at least ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  exclusiveMinimum: (limit) => `more than ${limit}`,
  exclusiveMaximum: (limit) => `less than ${limit}`,
  multipleOf: (limit) => `a multiple of ${limit}`,
  minLength: (limit) => `of at least ${limit} characters`,
  maxLength: (limit) => `of at most ${limit} characters`,
  format: (_, example) => `like ${example}`,
}
const list = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ')
