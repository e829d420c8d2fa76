import { everyItem } from '@kamihi/store'
import { jsonObject, telegramId } from '../arguments.ts'
import type { CliCommand } from '../cliCommand.ts'
import { print, table } from '../output.ts'
import { cliChange, savedOr, withStore } from '../project.ts'

interface AddOptions {
  admin?: boolean
  name?: string
  data?: Record<string, unknown>
}

/** Adds `kamihi user`. */
export function addUserCommand(program: CliCommand): void {
  const user = program.command('user').description('people who may use the bot')
  user
    .command('add')
    .description('add a user by Telegram id')
    .argument('<telegram-id>', 'number of the user at Telegram', telegramId)
    .option('-a, --admin', 'may use every action')
    .option('-n, --name <name>', 'how to call them')
    .option('-d, --data <json>', 'profile as a JSON object', jsonObject)
    .option('--json', 'print JSON')
    .action((id: number, options: AddOptions, command: CliCommand) => addUser(id, options, command))
  user
    .command('list')
    .description('list the users')
    .option('--json', 'print JSON')
    .action((_options: object, command: CliCommand) => listUsers(command))
}

async function addUser(id: number, options: AddOptions, command: CliCommand): Promise<void> {
  const added = await withStore(command, async (store) => {
    const { name, ...profile } = options.data ?? {}
    const input = {
      telegramId: id,
      isAdmin: options.admin ?? false,
      name: options.name ?? (typeof name === 'string' ? name : null),
      profile,
    }
    return savedOr(await store.users.create(input, cliChange()), { duplicate: `User already exists: ${id}` })
  })
  print(command, added, () => [`User added: ${added.telegramId}${added.isAdmin ? ' (admin)' : ''}`])
}

async function listUsers(command: CliCommand): Promise<void> {
  const users = await withStore(command, (store) => everyItem(store.users.list))
  print(command, users, () =>
    table(
      ['TELEGRAM ID', 'NAME', 'ADMIN', 'REACHABLE'],
      users.map((user) => [
        String(user.telegramId),
        user.name ?? '',
        user.isAdmin ? 'yes' : 'no',
        user.reachability,
      ]),
    ),
  )
}
