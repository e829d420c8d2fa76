import type { Role } from '@kamihi/contracts'
import { everyItem, type Store } from '@kamihi/store'
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
  addLock(role, 'lock', 'let only owners change a role, and who has it, in the dashboard')
  addLock(role, 'unlock', 'let operators change a role again')
  role
    .command('list')
    .description('list the roles')
    .option('--json', 'print JSON')
    .action((_options: object, command: CliCommand) => listRoles(command))
}

const addLock = (role: CliCommand, name: 'lock' | 'unlock', description: string): CliCommand =>
  role
    .command(name)
    .description(description)
    .argument('<role>')
    .option('--json', 'print JSON')
    .action((which: string, _options: object, command: CliCommand) =>
      lockRole(which, name === 'lock', command),
    )

async function addRole(name: string, command: CliCommand): Promise<void> {
  const added = await withStore(command, async (store) =>
    savedOr(await store.roles.create({ name }, cliChange()), { duplicate: `Role already exists: ${name}` }),
  )
  print(command, added, () => [`Role added: ${added.name}`])
}

async function lockRole(name: string, locked: boolean, command: CliCommand): Promise<void> {
  const changed = await withStore(command, async (store) => {
    const { id, version } = await roleNamed(store, name)
    return savedOr(await store.roles.update(id, version, { locked }, cliChange()), {})
  })
  print(command, changed, () => [`Role ${locked ? 'locked' : 'unlocked'}: ${changed.name}`])
}

async function roleNamed(store: Store, name: string): Promise<Role> {
  const role = await store.roles.getByName(name)
  if (!role) throw new CliError(`Role does not exist: ${name}`)
  return role
}

type Assignment = { telegramId: number; outcome: 'assigned' | 'already' | 'not_found' }

async function assignRole(name: string, ids: number[], command: CliCommand): Promise<void> {
  const outcomes = await withStore(command, async (store) => {
    const role = await roleNamed(store, name)
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
      ['NAME', 'LOCKED', 'USERS', 'PERMISSIONS', 'JOBS'],
      items.map((role) => [
        role.name,
        role.locked ? 'yes' : 'no',
        `${role.userCount}`,
        `${role.permissionCount}`,
        `${role.jobCount}`,
      ]),
    ),
  )
}
