import { issueWords, type Job, type Occurrences, wordsOfIssue } from '@kamihi/contracts'
import { type Config, systemClock } from '@kamihi/core'
import { explainJob, nearestTimes, presentJob, presentPause, resumeJob, skipOccurrence } from '@kamihi/jobs'
import type { Change, Store } from '@kamihi/store'
import { instant } from '../arguments.ts'
import type { CliCommand } from '../cliCommand.ts'
import { jobIdOf, noJob } from '../jobNamed.ts'
import { CliError, print } from '../output.ts'
import { cliChange, withStore } from '../project.ts'
import { syncActions } from '../syncActions.ts'

interface PauseOptions {
  all?: boolean
  reason?: string
}
interface SkipOptions {
  at?: number
  reason?: string
  undo?: boolean
}
interface ExplainOptions {
  at?: number
  from?: number
  to?: number
}

/** Commands about when a job runs, and when it does not. The bot that is running heeds them within seconds. */
export function addScheduling(job: CliCommand): void {
  job
    .command('pause')
    .description('pause a job, or all of them: nothing runs by itself until it is resumed')
    .argument('[job]', 'its id or its name')
    .option('--all', 'pause the scheduler: no job runs')
    .option('--reason <text>', 'shown to whoever asks why nothing ran')
    .option('--json', 'print JSON')
    .action((which: string | undefined, options: PauseOptions, command: CliCommand) =>
      pause(which, options, command),
    )
  job
    .command('resume')
    .description('go on with a paused job, or with all of them; what passed is recorded and does not run')
    .argument('[job]', 'its id or its name')
    .option('--all', 'resume the scheduler')
    .option('--json', 'print JSON')
    .action((which: string | undefined, options: PauseOptions, command: CliCommand) =>
      resume(which, options, command),
    )
  job
    .command('skip')
    .description('leave one future run of a job out, by default the next')
    .argument('<job>', 'its id or its name')
    .option('--at <instant>', 'which one, e.g. 2026-11-24T08:00:00Z', instant)
    .option('--reason <text>', 'kept with what would have been the run')
    .option('--undo', 'let it take place after all')
    .option('--json', 'print JSON')
    .action((which: string, options: SkipOptions, command: CliCommand) => skip(which, options, command))
  job
    .command('explain')
    .description('tell what became of each time a job was to run, and why; by default of the last 24 hours')
    .argument('<job>', 'its id or its name')
    .option('--at <instant>', 'of one time only, e.g. 2026-11-24T08:00:00Z', instant)
    .option('--from <instant>', 'from this instant on', instant)
    .option('--to <instant>', 'up to this instant', instant)
    .option('--json', 'print JSON')
    .action((which: string, options: ExplainOptions, command: CliCommand) => explain(which, options, command))
}

async function pause(which: string | undefined, options: PauseOptions, command: CliCommand): Promise<void> {
  const input = { reason: options.reason ?? null }
  if (forAll(which, options, command)) {
    const { pause: paused } = await withStore(command, async (store) =>
      store.scheduler.pause(input, await changeIn(store)),
    )
    return print(command, { paused: presentPause(paused) }, () => [`The scheduler is paused by ${paused.by}`])
  }
  const job = await changed(command, which ?? '', async (id, store) =>
    store.jobs.pause(id, input, await changeIn(store)),
  )
  print(command, job, () => [`Job ${job.id} is paused by ${job.paused?.by}`])
}

async function resume(which: string | undefined, options: PauseOptions, command: CliCommand): Promise<void> {
  if (forAll(which, options, command)) {
    await withStore(command, async (store) => store.scheduler.resume(await changeIn(store)))
    return print(command, { paused: null }, () => ['The scheduler goes on'])
  }
  const job = await changed(command, which ?? '', async (id, store, config) =>
    resumeJob({ store, config }, id, await changeIn(store)),
  )
  print(command, job, () => [`Job ${job.id} goes on${job.nextRunAt ? `, next at ${job.nextRunAt}` : ''}`])
}

/** True for all jobs, false for one; neither or both is wrong usage. */
function forAll(which: string | undefined, { all = false }: PauseOptions, command: CliCommand): boolean {
  if (all === (which !== undefined)) command.error('error: give the id or the name of a job, or --all')
  return all
}

async function skip(which: string, options: SkipOptions, command: CliCommand): Promise<void> {
  const { at, reason = null, undo = false } = options
  if (undo && at === undefined) command.error('error: --undo needs --at, the time that was to be left out')
  const job = await changed(command, which, async (id, store, config) => {
    const change = await changeIn(store)
    if (undo) return store.jobs.unskip(id, at ?? 0, change)
    const outcome = await skipOccurrence({ store, config }, id, { scheduledFor: at ?? null, reason }, change)
    if (outcome.kind === 'not_scheduled') throw new CliError(wordsOfIssue(outcome.issue, issueWords))
    return outcome
  })
  const next = job.nextRunAt ? `, it runs next at ${job.nextRunAt}` : ''
  print(command, job, () => [
    `Job ${job.id}: ${job.skips.length} ${job.skips.length === 1 ? 'run is' : 'runs are'} to be left out${next}`,
  ])
}

async function explain(which: string, options: ExplainOptions, command: CliCommand): Promise<void> {
  const now = systemClock.now()
  const to = options.at ?? options.to ?? now
  const from = options.at ?? options.from ?? to - 86_400_000
  const told = await withStore(command, async (store, config) => {
    const id = await jobIdOf(store, which)
    const found = await explainJob({ store, config }, id, { from, to, now })
    if (!found) throw noJob(which)
    if (options.at !== undefined && found.items.length === 0)
      throw new CliError(await notThen({ store, config }, id, options.at))
    return found
  })
  print(command, told, () => linesOf(told))
}

function linesOf({ items, truncated }: Occurrences): string[] {
  if (items.length === 0) return ['It was not to run in that time']
  const lines = items.map(({ local, outcome, sentence }) => `${local}  ${outcome.padEnd(13)}  ${sentence}`)
  return truncated ? [...lines, `… and more: ask again with --from ${items.at(-1)?.at}`] : lines
}

async function notThen(planner: { store: Store; config: Config }, id: string, at: number): Promise<string> {
  const times = (await nearestTimes(planner, id, at)).map((time) => new Date(time).toISOString())
  const nearest =
    times.length > 0 ? ` The nearest ${times.length > 1 ? 'are' : 'is'} ${times.join(' and ')}.` : ''
  return `The job does not run at ${new Date(at).toISOString()}.${nearest}`
}

/** Who does it and when, by the clock that the bot goes by: on the stand-in for Telegram its time may be moved forward. */
async function changeIn(store: Store): Promise<Change> {
  const change = cliChange()
  return { ...change, now: Math.max(change.now, (await store.scheduler.lastSeenAt()) ?? 0) }
}

/** Does something to a job, and gives it as it is then. */
async function changed(
  command: CliCommand,
  which: string,
  work: (id: string, store: Store, config: Config) => Promise<{ kind: string }>,
): Promise<Job> {
  return withStore(command, async (store, config) => {
    const id = await jobIdOf(store, which)
    const { kind } = await work(id, store, config)
    if (kind === 'not_skipped') throw new CliError('That run was not to be left out.')
    const row = kind === 'not_found' ? null : await store.jobs.getRow(id)
    if (!row) throw noJob(which)
    const { current } = await store.scheduler.pauses()
    return presentJob({ config, actions: await syncActions(store) }, row, current)
  })
}
