import { type LogLevel, logLevels, type RunLog } from '@kamihi/contracts'
import { escapeControls } from '@kamihi/core'
import { everyItem } from '@kamihi/store'
import { Option } from 'commander'
import type { CliCommand } from '../cliCommand.ts'
import { CliError, print } from '../output.ts'
import { withStore } from '../project.ts'

interface LogsOptions {
  level?: LogLevel
  delivery?: string
}

/** Adds `kamihi job logs`. */
export function addLogs(job: CliCommand): void {
  job
    .command('logs')
    .description('show what the action of a run wrote to its logger')
    .argument('<run>', 'id of the run')
    .addOption(new Option('--level <level>', 'this level and those above it').choices(logLevels))
    .option('--delivery <id>', 'only what it wrote for one recipient')
    .option('--json', 'print JSON')
    .action((id: string, options: LogsOptions, command: CliCommand) => showLogs(id, options, command))
}

async function showLogs(id: string, options: LogsOptions, command: CliCommand): Promise<void> {
  const lines = await withStore(command, async (store) => {
    if (!(await store.runs.get(id))) throw new CliError(`There is no run ${id}.`)
    const asked = {
      ...(options.level ? { level: options.level } : {}),
      ...(options.delivery ? { deliveryId: options.delivery } : {}),
    }
    return everyItem((page) => store.runs.listLogs(id, { ...asked, ...page }))
  })
  print(command, lines, () => lines.map(lineText))
}

/** Lines of a message after its first are set in, so that none looks like a line of its own. */
function lineText({ at, level, message, fields }: RunLog): string {
  const text = message.split('\n').map(escapeControls).join('\n    ')
  const bound = fields ? ` ${escapeControls(JSON.stringify(fields))}` : ''
  return `${at}  ${level.toUpperCase().padEnd(8)}  ${text}${bound}`
}
