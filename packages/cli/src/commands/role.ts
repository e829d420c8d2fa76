import { everyItem } from '@kamihi/store'
import { Command } from 'commander'
import { telegramId, telegramIds } from '../arguments.ts'
import { CliError, print, table } from '../output.ts'
import { cliChange, savedOr, withStore } from '../project.ts'

type Json = { json?: boolean }

export function roleCommand(): Command {
  const role = new Command('role').description('named groups of users')
  role
    .command('add')
    .description('add a role')
    .argument('<name>')
    .option('--json', 'print JSON')
    .action((name: string, options: Json, command: Command) => addRole(name, options, command))
  role
    .command('assign')
    .description('make users members of a role')
    .argument('<role>')
    .argument('<telegram-id...>', 'one or more users', (text: string, before: number[] | undefined) =>
      telegramIds(text, before),
    )
    .option('--json', 'print JSON')
    .action((name: string, ids: number[], options: Json, command: Command) =>
      assignRole(name, ids, options, command),
    )
  role
    .command('list')
    .description('list the roles')
    .option('--json', 'print JSON')
    .action((options: Json, command: Command) => listRoles(options, command))
  return role
}

async function addRole(name: string, options: Json, command: Command): Promise<void> {
  const added = await withStore(command, async (store) =>
    savedOr(await store.roles.create({ name }, cliChange()), { duplicate: `Role already exists: ${name}` }),
  )
  print(options, added, () => [`Role added: ${added.name}`])
}

type Assignment = { telegramId: number; outcome: 'assigned' | 'already' | 'not_found' }

async function assignRole(name: string, ids: number[], options: Json, command: Command): Promise<void> {
  const outcomes = await withStore(command, async (store) => {
    const role = await store.roles.getByName(name)
    if (!role) throw new CliError(`Role does not exist: ${name}`)
    const done: Assignment[] = []
    for (const id of ids) {
      const user = await store.users.getByTelegramId(telegramId(String(id)))
      done.push({
        telegramId: id,
        outcome: user ? await store.roles.assign(role.id, user.id, cliChange()) : 'not_found',
      })
    }
    return done
  })
  const words = {
    assigned: 'assigned',
    already: 'User already has role, skipping',
    not_found: 'User not found, skipping',
  }
  print(options, outcomes, () => outcomes.map(({ telegramId: id, outcome }) => `${id}: ${words[outcome]}`))
}

async function listRoles(options: Json, command: Command): Promise<void> {
  const items = await withStore(command, (store) => everyItem(store.roles.list))
  print(options, items, () =>
    table(
      ['NAME', 'USERS', 'PERMISSIONS', 'JOBS'],
      items.map((role) => [role.name, `${role.userCount}`, `${role.permissionCount}`, `${role.jobCount}`]),
    ),
  )
}
