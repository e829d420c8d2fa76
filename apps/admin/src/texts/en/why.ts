import { failureMessages, type RunCauseWords, runCauseWords } from '@kamihi/contracts'
import { spoken } from '../spoken.ts'

const because = (reason: string | null) => (reason ? `: ${reason}` : '.')
const causes: RunCauseWords = {
  ...runCauseWords,
  missed: ({ count }) => `${count} missed.`,
}

/** Why something ran, did not run, or failed. Instants come as the reader reads them. */
export const why = spoken('why', {
  causes,
  waits: 'It waits for its turn.',
  neverBegan: (state: string) => `It ended as ${state} before it began.`,
  running: (at: string, state: string) => `It began at ${at} and is ${state}.`,
  ended: (at: string, state: string) => `It began at ${at} and ended as ${state}.`,
  endedOf: (at: string, state: string, done: number, total: number) =>
    `It began at ${at} and ended as ${state}, ${done} of ${total} done.`,
  skipped: 'It was skipped.',
  tooLate: 'The scheduler was at work, but came to it too late.',
  oneOf: (n: number, from: string, to: string) => `It is one of ${n} that passed from ${from} to ${to}.`,
  jobPaused: (who: string, at: string, reason: string | null) =>
    `The job is paused by ${who} since ${at}${because(reason)}`,
  schedulerPaused: (who: string, at: string, reason: string | null) =>
    `The scheduler is paused by ${who} since ${at}${because(reason)}`,
  leftOut: (who: string, reason: string | null) => `${who} asked to leave it out${because(reason)}`,
  isDisabled: 'The job is disabled.',
  isDisabledBy: (who: string, at: string) => `The job is disabled: ${who} switched it off at ${at}.`,
  wasDisabled: (until: string, at: string) => `The job was disabled, ${until} switched it on again at ${at}.`,
  wasDisabledBy: (who: string, at: string, until: string, untilAt: string) =>
    `The job was disabled: ${who} switched it off at ${at}, ${until} switched it on again at ${untilAt}.`,
  edited: (was: string, who: string, at: string) =>
    `The schedule was ${was} until ${who} changed it at ${at}.`,
  notCreated: (who: string, at: string) => `The job did not exist yet: ${who} created it at ${at}.`,
  notStarted: (at: string) => `The job starts later, at ${at}.`,
  hasEnded: (at: string) => `The job ends earlier, at ${at}.`,
  archived: (who: string, at: string) => `${who} deleted the job at ${at}.`,
  off: 'The bot was not running.',
  offUntil: (to: string) => `The bot was not running until ${to}.`,
  offSince: (from: string) => `The bot has not been running since ${from}.`,
  offBetween: (from: string, to: string) => `The bot was not running from ${from} to ${to}.`,
  jobsDisabled: 'Jobs are disabled: nothing runs until jobs.enabled is true.',
  due: 'Its time has come, and the scheduler has not got to it yet.',
  upcoming: 'It will run at that time.',
  unrecorded: 'Nothing is known of it any more: the job was edited past it, or its history was pruned.',
  /** What Kamihi says about a failure, and below it what is said by the class of the failure. */
  failures: failureMessages as Record<keyof typeof failureMessages, string>,
  failureClasses: {
    timeout: 'The action was stopped because it took too long.',
    flood: 'Telegram asked to wait.',
    migrated: 'The chat has moved.',
  } as Record<string, string>,
  degraded: {
    full: 'The disk of the database is full.',
    readonly: 'The database is read-only.',
    io: 'The disk of the database does not answer.',
    corrupt: 'The database is damaged.',
    vanished: 'The file of the database was removed or replaced.',
  },
})
