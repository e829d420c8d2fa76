import { everyItem, type Store } from '@kamihi/store'
import { telegramIds, words } from '../arguments.ts'
import type { CliCommand } from '../cliCommand.ts'
import { CliError, print, table } from '../output.ts'
import { cliChange, savedOr, withStore } from '../project.ts'
import { syncActions } from '../syncActions.ts'

interface AddOptions {
  user?: number[]
  role?: string[]
}

/** Adds `kamihi permission`. */
export function addPermissionCommand(program: CliCommand): void {
  const permission = program.command('permission').description('who may use which action')
  permission
    .command('add')
    .description('grant an action to users and roles')
    .argument('<action>', 'name of the action')
    .option('-u, --user <telegram-id>', 'a user (repeatable)', telegramIds)
    .option('-r, --role <name>', 'a role (repeatable)', words)
    .option('--json', 'print JSON')
    .action((action: string, options: AddOptions, command: CliCommand) =>
      addPermission(action, options, command),
    )
  permission
    .command('list')
    .description('list the permissions')
    .option('--json', 'print JSON')
    .action((_options: object, command: CliCommand) => listPermissions(command))
}

async function addPermission(action: string, options: AddOptions, command: CliCommand): Promise<void> {
  const { user: users = [], role: roles = [] } = options
  if (users.length + roles.length === 0)
    throw new CliError('At least one user or role must be specified to assign the permission to')
  const added = await withStore(command, async (store) => {
    await syncActions(store)
    if (!(await store.actions.get(action))) throw new CliError(`Action not found: ${action}`)
    const grant = { action, userIds: await userIdsOf(store, users), roleIds: await roleIdsOf(store, roles) }
    return savedOr(await store.permissions.create(grant, cliChange()), {})
  })
  print(command, added, () => [
    `Permission added: /${added.action} for ${users.length} users and ${roles.length} roles`,
  ])
}

async function userIdsOf(store: Store, telegramIds: number[]): Promise<string[]> {
  const ids: string[] = []
  for (const telegramId of telegramIds) {
    const user = await store.users.getByTelegramId(telegramId)
    if (!user) throw new CliError(`User not found: ${telegramId}`)
    ids.push(user.id)
  }
  return ids
}

async function roleIdsOf(store: Store, names: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const name of names) {
    const role = await store.roles.getByName(name)
    if (!role) throw new CliError(`Role not found: ${name}`)
    ids.push(role.id)
  }
  return ids
}

async function listPermissions(command: CliCommand): Promise<void> {
  const items = await withStore(command, (store) => everyItem(store.permissions.list))
  print(command, items, () =>
    table(
      ['ACTION', 'USERS', 'ROLES', 'PEOPLE'],
      items.map((item) => [
        item.action,
        `${item.userIds.length}`,
        `${item.roleIds.length}`,
        `${item.peopleCount}`,
      ]),
    ),
  )
}
