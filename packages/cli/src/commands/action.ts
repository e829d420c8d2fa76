import { everyItem } from '@kamihi/store'
import { Command } from 'commander'
import { print, table } from '../output.ts'
import { withStore } from '../project.ts'
import { syncActions } from '../syncActions.ts'

export function actionCommand(): Command {
  const action = new Command('action').description('what the bot can do')
  action
    .command('list')
    .description('list the actions, those gone from the code too')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }, command: Command) => listActions(options, command))
  return action
}

async function listActions(options: { json?: boolean }, command: Command): Promise<void> {
  const items = await withStore(command, async (store) => {
    await syncActions(store)
    return everyItem(store.actions.list)
  })
  print(options, items, () =>
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
