import { everyItem } from '@kamihi/store'
import { telegramId, telegramIds } from '../arguments.ts'
import type { CliCommand } from '../cliCommand.ts'
import { CliError, print, table } from '../output.ts'
import { cliChange, savedOr, withStore } from '../project.ts'

/** Adds `kamihi role`. */
export function addRoleCommand(program: CliCommand): void {
  const role = program.command('role').description('named groups of users')
  role
    .command('add')
    .description('add a role')
    .argument('<name>')
    .option('--json', 'print JSON')
    .action((name: string, _options: object, command: CliCommand) => addRole(name, command))
  role
    .command('assign')
    .description('make users members of a role')
    .argument('<role>')
    .argument('<telegram-id...>', 'one or more users', (text: string, before: number[] | undefined) =>
      telegramIds(text, before),
    )
    .option('--json', 'print JSON')
    .action((name: string, ids: number[], _options: object, command: CliCommand) =>
      assignRole(name, ids, command),
    )
  role
    .command('list')
    .description('list the roles')
    .option('--json', 'print JSON')
    .action((_options: object, command: CliCommand) => listRoles(command))
}

async function addRole(name: string, command: CliCommand): Promise<void> {
  const added = await withStore(command, async (store) =>
    savedOr(await store.roles.create({ name }, cliChange()), { duplicate: `Role already exists: ${name}` }),
  )
  print(command, added, () => [`Role added: ${added.name}`])
}

type Assignment = { telegramId: number; outcome: 'assigned' | 'already' | 'not_found' }

async function assignRole(name: string, ids: number[], command: CliCommand): Promise<void> {
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
  print(command, outcomes, () => outcomes.map(({ telegramId: id, outcome }) => `${id}: ${words[outcome]}`))
}

async function listRoles(command: CliCommand): Promise<void> {
  const items = await withStore(command, (store) => everyItem(store.roles.list))
  print(command, items, () =>
    table(
      ['NAME', 'USERS', 'PERMISSIONS', 'JOBS'],
      items.map((role) => [role.name, `${role.userCount}`, `${role.permissionCount}`, `${role.jobCount}`]),
    ),
  )
}
