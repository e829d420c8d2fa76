import { everyItem } from '@kamihi/store'
import type { CliCommand } from '../cliCommand.ts'
import { print, table } from '../output.ts'
import { withStore } from '../project.ts'
import { syncActions } from '../syncActions.ts'

/** Adds `kamihi action`. */
export function addActionCommand(program: CliCommand): void {
  const action = program.command('action').description('what the bot can do')
  action
    .command('list')
    .description('list the actions, those gone from the code too')
    .option('--json', 'print JSON')
    .action((_options: object, command: CliCommand) => listActions(command))
}

async function listActions(command: CliCommand): Promise<void> {
  const items = await withStore(command, async (store) => {
    await syncActions(store)
    return everyItem(store.actions.list)
  })
  print(command, items, () =>
    table(
      ['NAME', 'STATE', 'COMMANDS', 'DESCRIPTION'],
      items.map((item) => [
        item.name,
        item.state,
        item.commands.map((name) => `/${name}`).join(' '),
        item.error ?? item.description ?? '',
      ]),
    ),
  )
}
