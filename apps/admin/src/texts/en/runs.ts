import { spoken } from '../spoken.ts'
import { counted, people } from './common.ts'
import { deliveries } from './deliveries.ts'

const runsOf = (n: number) => counted(n, { one: 'run', other: 'runs' })

/** Runs and their deliveries. */
export const runs = spoken('runs', {
  title: 'Runs',
  one: 'Run',
  many: 'runs',
  /** One of many, for a menu beside it. */
  named: (job: string, at: string) => `the run of ${job}, ${at}`,
  note: 'What ran, when, and how it ended.',
  columns: {
    state: 'State',
    job: 'Job',
    trigger: 'Trigger',
    scheduledFor: 'Scheduled for',
    started: 'Started',
    lag: 'Lag',
    duration: 'Duration',
    sent: 'Sent',
    notSent: 'Not sent',
    reason: 'Reason',
  },
  filters: {
    state: 'State',
    job: 'Job',
    trigger: 'Trigger',
    action: 'Action',
    person: 'Person',
    hasFailures: 'Not sent to all',
    duplicated: 'Possibly duplicated',
    dryRun: 'Dry run',
    started: 'Started',
  },
  dryRun: 'dry run',
  isDryRun: 'Dry run',
  empty: 'No runs yet',
  emptyHelp: 'A run appears here when a job fires or is run by hand.',
  ofAllJobs: 'Runs of all jobs',
  howItGoes: 'How it goes',
  verdict: {
    queued: 'Waits for its turn.',
    acting: 'The action is running.',
    running: (done: number, total: number) => `${done} of ${people(total)} done.`,
    paused: (waiting: number) => `Paused; ${waiting} are waiting.`,
    pausedBy: (who: string, waiting: number) => `Paused by ${who}; ${waiting} are waiting.`,
    breaker: (waiting: number) =>
      `Paused after the same error several times in a row; ${waiting} are waiting. Resume when it is mended.`,
    skipped: 'Nothing was run.',
    expired: 'It could not be finished within its deadline.',
    cancelled: (sent: number, cancelled: number) => `Cancelled: ${sent} got it, ${cancelled} did not.`,
    dry: 'Dry run: nothing was sent. Below is what each person would get.',
    dryActionFailed: 'The action failed. Nothing was sent.',
    dryTried: (tried: number, failed: number) =>
      failed === 0
        ? `Tried for ${people(tried)}. Nothing was sent.`
        : `Tried for ${people(tried)}; it failed for ${failed}. Nothing was sent.`,
    dryTriedSome: (tried: number, failed: number, unreachable: number) =>
      failed === 0
        ? `Tried for ${people(tried)}. Another ${unreachable} cannot be reached. Nothing was sent.`
        : `Tried for ${people(tried)}; it failed for ${failed}. Another ${unreachable} cannot be reached. Nothing was sent.`,
    dryUnreachable: 'Nobody can be reached, so it was tried for nobody.',
    dryCancelled: (tried: number, cancelled: number) =>
      `Cancelled: tried for ${people(tried)}, not for ${cancelled}. Nothing was sent.`,
    nobody: 'The action ran; there was nobody to send to.',
    nothing: 'The action ran and returned nothing to send.',
    sent: (n: number) => `Sent to ${people(n)}.`,
    sentSome: (n: number, silent: number) => `Sent to ${people(n)}. For ${silent} there was nothing to send.`,
    failed: 'The action failed.',
    missedOut: (missed: number, total: number) => `${missed} of ${people(total)} did not get it.`,
    missedSome: (missed: number, total: number, fine: number) =>
      `${missed} of ${people(total)} did not get it; ${fine} did.`,
  },
  cancelling: 'Being cancelled: no new recipients are taken.',
  nobodyYet: 'nobody yet',
  speed: (rate: string, permitted: string) => `${rate} of ${permitted} a second that are permitted`,
  eta: (words: string) => `about ${words} left`,
  waitsUntil: (time: string) => `Telegram asked to wait until ${time}; it goes on by itself then.`,
  progressOf: (done: number, total: number) => `${done} of ${people(total)} done`,
  facts: {
    trigger: 'Trigger',
    scheduledFor: 'Scheduled for',
    startedAfter: 'Started after',
    duration: 'Duration',
    mode: 'Mode',
    sendsAgain: 'Sends again',
    earlierRun: 'an earlier run',
    args: 'Args',
    key: 'Key',
  },
  buttons: {
    resume: 'Resume',
    cancel: 'Cancel',
    retry: 'Retry failed only',
    retryOf: (people: string) => `Retry failed only (${people})`,
    again: 'Run again with these args',
    job: 'Job',
  },
  /** Why something cannot be done with a run. */
  bars: {
    open: 'The run has not ended yet',
    ended: 'The run has ended',
    cancelling: 'The run is being cancelled',
    dry: 'It was a dry run: what it shows is never sent',
    nobodyMissed: 'There is nobody who did not get it',
    neverRan: 'It was skipped: nothing was run',
    jobDeleted: 'The job of this run was deleted. Restore it first.',
  },
  copyLink: 'Copy link',
  linkCopied: 'The link to the run is copied.',
  linkNotCopied: (link: string) => `The browser did not let it be copied: ${link}`,
  cancelTitle: 'Cancel this run?',
  cancelText: (waiting: number, busy: number) => {
    if (busy === 0)
      return waiting === 0
        ? 'Nothing more is sent.'
        : `${people(waiting)} still waiting will not get it. Nobody is in progress.`
    const rest = `${people(busy)} in progress may still get it: what is on its way arrives.`
    return waiting === 0
      ? `Nobody is waiting. ${rest}`
      : `${people(waiting)} still waiting will not get it. ${rest}`
  },
  cancelKeep: 'Keep running',
  cancelledAfter: (done: number, total: number) => `Cancelled after ${done} of ${total}`,
  cancelledBy: (who: string, done: number, total: number) => `Cancelled by ${who} after ${done} of ${total}`,
  cancelConfirm: 'Cancel run',
  retryTitle: 'Send again?',
  retryText: (n: number) =>
    `A new run sends again to the ${people(n)} who did not get it, and to nobody else.`,
  retryReach: (n: number) =>
    `A new run sends again to the ${people(n)} who did not get it and can be reached.`,
  retryConfirm: (n: number) => `Send to ${people(n)}`,
  retryConfirmEmulator: (n: number) => `Send to ${people(n)} in the emulator`,
  retryTry: (n: number) => `Try ${people(n)}`,
  retryNobody: (why: string) =>
    `Nobody of those who did not get it can be reached now (${why}): they are tried, and get it only if they have opened the bot again.`,
  retryDone: 'Everybody who did not get it got it by a later run, or is being sent it now.',
  /** Some of those who did not get it, and why nothing reaches them. */
  retryApart: (n: number, why: string) =>
    `${counted(n, { one: 'other person', other: 'other people' })} cannot be reached now (${why}): they are tried too, and get it only if they have opened the bot again.`,
  retryApartUnknown: (n: number) =>
    `${counted(n, { one: 'other person', other: 'other people' })} could not be reached: they are tried too, and get it only if they have opened the bot again.`,
  unreachableFor: {
    not_started: (n: number) => `${n} never started the bot`,
    blocked: (n: number) => `${n} blocked the bot`,
    deactivated: (n: number) => (n === 1 ? '1 account is deactivated' : `${n} accounts are deactivated`),
    not_found: (n: number) => `${n} not found by Telegram`,
  },
  bulkRetryTitle: (n: number) => `Send again what ${runsOf(n)} did not deliver?`,
  bulkRetryText: (n: number, chosen: number, reached: number) =>
    `Of ${runsOf(chosen)} chosen, ${n} did not get to everybody. For each of those, a new run sends again to who did not get it – ${people(reached)}, counted per run – and to nobody else.`,
  bulkRetryNone: 'None of the chosen runs can be sent again',
  bulkRetryNoneWhy: 'Each of them has not ended, was a dry run, or left out nobody.',
  bulkCancelTitle: (n: number) => `Cancel ${runsOf(n)}?`,
  bulkCancelText: (n: number, chosen: number) =>
    n === chosen
      ? `None of ${runsOf(chosen)} chosen has ended.`
      : `Of ${runsOf(chosen)} chosen, ${n} ${n === 1 ? 'has' : 'have'} not ended.`,
  bulkCancelConfirm: (n: number) => `Cancel ${runsOf(n)}`,
  bulkCancelNone: 'None of the chosen runs can be cancelled',
  bulkCancelNoneWhy: 'Each of them has ended or is being cancelled already.',
  bulkKeep: 'Keep them running',
  bulkDone: (changed: number) => `${changed} done.`,
  bulkRefused: (n: number) => `${n} could not be done:`,
  timeline: {
    title: 'Timeline',
    due: 'due',
    queued: 'queued',
    started: 'started',
    audience_resolved: 'audience resolved',
    action_called: 'action called',
    action_returned: 'action returned',
    first_sent: 'first sent',
    waited: 'waited for Telegram',
    last_sent: 'last sent',
    paused: 'paused',
    resumed: 'resumed',
    cancel_requested: 'cancel asked for',
    finished: 'finished',
    after: (words: string) => `after ${words}`,
    firstOf: (n: number, last: string) => `the first of ${n}, the last was due ${last}`,
    onceForAll: 'once for all',
    waitUntil: (at: string, n: number) => (n === 1 ? `until ${at}` : `until ${at}, asked for ${n} times`),
    sent: (n: number) => `${n} sent`,
    by: (who: string, reason: string | null) => (reason ? `by ${who}: ${reason}` : `by ${who}`),
    byHand: 'run by hand',
    dryRun: 'a dry run',
    again: 'for those whom another run did not reach',
    askedBy: (what: string, who: string) => `${what}, asked for by ${who}`,
  },
  reasons: {
    title: 'Reasons',
    show: (words: string) => `Show those: ${words}`,
    markReachable: (words: string) => `Mark as reachable: ${words}`,
    class: 'Kind of failure',
    /** Kinds of failures; what has no words of its own is told by them. */
    classes: {
      action_error: 'Error in the action',
      action_missing: 'Action missing',
      timeout: 'Took too long',
      interrupted: 'Interrupted',
      ambiguous: 'Not known whether it arrived',
      bad_request: 'Refused by Telegram',
      network: 'Telegram did not answer',
      flood: 'Telegram asked to wait',
      migrated: 'Chat moved',
      unauthorized: 'Token of the bot refused',
      blocked: 'Blocked the bot',
      deactivated: 'Account deactivated',
      not_started: 'Has not started the bot',
      not_found: 'Not found by Telegram',
      user_removed: 'No user any more',
      cancelled: 'Cancelled',
      expired: 'Deadline passed',
    } as Record<string, string>,
    inState: (words: string, state: string) => `${words} (${state})`,
    said: (kind: string, message: string) => `${kind}: ${message}`,
  },
  deliveries,
  logs: {
    title: 'Log',
    level: 'Level',
    fromLevel: (level: string) => `${level} and above`,
    levels: {
      trace: 'trace',
      debug: 'debug',
      info: 'info',
      success: 'success',
      warning: 'warning',
      error: 'error',
      critical: 'critical',
    },
    none: 'The action wrote nothing to its logger.',
    more: 'Show more',
    wrap: 'Wrap lines',
    download: 'Download',
    onlyOf: (who: string) => `Only of ${who}`,
  },
  snapshot: 'As it was when it ran',
})
