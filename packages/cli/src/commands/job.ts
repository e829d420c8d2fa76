import { randomUUID } from 'node:crypto'
import type { OnOverlap } from '@kamihi/contracts'
import { presentJob } from '@kamihi/jobs'
import { everyItem } from '@kamihi/store'
import { Option } from 'commander'
import { jsonObject } from '../arguments.ts'
import type { CliCommand } from '../cliCommand.ts'
import { jobIdOf, noJob } from '../jobNamed.ts'
import { CliError, print, table } from '../output.ts'
import { cliChange, withStore } from '../project.ts'
import { syncActions } from '../syncActions.ts'
import { addLogs } from './jobLogs.ts'
import { addScheduling } from './jobScheduling.ts'

interface RunOptions {
  args?: Record<string, unknown>
  dryRun?: boolean
  key?: string
  onOverlap?: OnOverlap
}

/** Adds `kamihi job`. */
export function addJobCommand(program: CliCommand): void {
  const job = program.command('job').description('what runs by itself')
  job
    .command('list')
    .description('list the jobs')
    .option('--json', 'print JSON')
    .action((_options: object, command: CliCommand) => listJobs(command))
  job
    .command('run')
    .description('run a job now; the bot that is running does the work')
    .argument('<job>', 'its id or its name')
    .option('--args <json>', 'arguments for this run only', jsonObject)
    .option('--dry-run', 'send nothing')
    .option('--key <key>', 'idempotency key: the same key never runs twice')
    .addOption(
      new Option(
        '--on-overlap <what>',
        'while another run has not ended: run after it, or cancel it',
      ).choices(['wait', 'replace']),
    )
    .option('--json', 'print JSON')
    .action((which: string, options: RunOptions, command: CliCommand) => runJob(which, options, command))
  addScheduling(job)
  addLogs(job)
}

async function listJobs(command: CliCommand): Promise<void> {
  const items = await withStore(command, async (store, config) => {
    const bot = { config, actions: await syncActions(store) }
    const { current } = await store.scheduler.pauses()
    return (await everyItem(store.jobs.list)).map((row) => presentJob(bot, row, current))
  })
  print(command, items, () =>
    table(
      ['ID', 'NAME', 'ACTION', 'ENABLED', 'CRON', 'NEXT RUN', 'PEOPLE'],
      items.map((item) => [
        item.id,
        item.name ?? '',
        item.action,
        item.enabled ? 'yes' : 'no',
        item.cronExpression,
        item.nextRunAt ?? (item.paused ? `paused by ${item.paused.by}` : ''),
        `${item.recipientCount}`,
      ]),
    ),
  )
}

async function runJob(which: string, options: RunOptions, command: CliCommand): Promise<void> {
  const run = await withStore(command, async (store, config) => {
    if (!config.jobs.enabled)
      throw new CliError('Jobs are disabled. Set jobs.enabled to true (KAMIHI_JOBS__ENABLED=true).')
    const asked = {
      jobId: await jobIdOf(store, which),
      idempotencyKey: options.key ?? randomUUID(),
      args: options.args ?? null,
      onlyUserIds: null,
      dryRun: options.dryRun ?? false,
      onOverlap: options.onOverlap ?? null,
    }
    const outcome = await store.runs.enqueueManual(asked, cliChange())
    switch (outcome.kind) {
      case 'enqueued':
      case 'existing':
        return outcome.run
      case 'key_reused':
        throw new CliError(
          `This key was used for run ${outcome.run.id}, with other arguments, other people, or dry. Use a new one.`,
        )
      case 'overlap':
        throw new CliError(
          `Another run of this job has not ended: ${outcome.blocking.id}. Run after it with --on-overlap wait, or instead of it with --on-overlap replace.`,
        )
      case 'action_missing':
        throw new CliError('The action of this job is not in the code.')
      case 'slot_taken':
      case 'slot_ahead':
        throw new CliError('A run that is asked for here stands for no planned time.')
      case 'not_found':
        throw noJob(which)
    }
  })
  print(command, { runId: run.id, state: run.state }, () => [`Run ${run.id} is ${run.state}`])
}
