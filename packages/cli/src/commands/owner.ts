import { hostname } from 'node:os'
import { text } from 'node:stream/consumers'
import { hashPassword, issueLink, weaknessOf } from '@kamihi/admin-api/credentials'
import { issueWords, isUsername, wordsOfIssue } from '@kamihi/contracts'
import type { AccountRecord, Store } from '@kamihi/store'
import { telegramId } from '../arguments.ts'
import type { CliCommand } from '../cliCommand.ts'
import { CliError, print } from '../output.ts'
import { cliChange, savedOr, withStore } from '../project.ts'

/** Who asks for it sits at the machine and uses it at once. */
const resetMs = 30 * 60_000

interface ResetOptions {
  passwordStdin?: boolean
}

/** Accounts of the dashboard, for whoever has the machine: when nobody can sign in, this is the way back. */
export function addOwnerCommand(program: CliCommand): void {
  const owner = program.command('owner').description('accounts of the dashboard')
  owner
    .command('create')
    .description('make an owner without the set-up page')
    .argument('<name>', 'name to sign in with')
    .requiredOption('--password-stdin', 'read the password from standard input')
    .option('--json', 'print JSON')
    .action((name: string, _options: object, command: CliCommand) => createOwner(name, command))
  owner
    .command('reset')
    .description('give an account a new password and end its sessions; works while the bot runs')
    .argument('<name>', 'name of the account')
    .option('--password-stdin', 'read the password from standard input; default: print a one-time link')
    .option('--json', 'print JSON')
    .action((name: string, options: ResetOptions, command: CliCommand) =>
      resetPassword(name, options, command),
    )
  owner
    .command('link')
    .description('say which user of the bot gets the sign-in codes of an account')
    .argument('<name>', 'name of the account')
    .argument('<telegram-id>', 'number of the user at Telegram', telegramId)
    .option('--json', 'print JSON')
    .action((name: string, id: number, _options: object, command: CliCommand) => linkUser(name, id, command))
}

async function createOwner(username: string, command: CliCommand): Promise<void> {
  if (!isUsername(username))
    throw new CliError(`The name "${username}" ${issueWords.username({ kind: 'username' })}.`)
  const passwordHash = await hashFromStdin(command, username)
  const account = await withStore(command, async (store) =>
    savedOr(await store.accounts.create({ username, role: 'owner', passwordHash }, cliChange()), {
      duplicate: `There is an account "${username}" already. A new password: kamihi owner reset ${username}`,
    }),
  )
  print(command, account, () => [`Owner made: ${account.username}`])
}

async function resetPassword(name: string, options: ResetOptions, command: CliCommand): Promise<void> {
  if (options.passwordStdin) {
    const passwordHash = await hashFromStdin(command, name)
    await withStore(command, async (store) => {
      const { id } = await accountNamed(store, name)
      await store.accounts.setPassword(id, passwordHash, cliChange())
    })
    print(command, { username: name }, () => [`Password set: ${name}. All its sessions have ended.`])
    return
  }
  const link = await withStore(command, async (store, { web }) => {
    const { id } = await accountNamed(store, name)
    const baseUrl = web.publicUrl?.replace(/\/$/, '') ?? `http://localhost:${web.port}`
    return issueLink(store, baseUrl, { accountId: id, kind: 'reset', lifetimeMs: resetMs }, cliChange())
  })
  print(command, link, () => [
    link?.url ?? '',
    'Open it within 30 minutes; it works once. All sessions of the account have ended.',
  ])
}

async function linkUser(name: string, id: number, command: CliCommand): Promise<void> {
  const account = await withStore(command, async (store) => {
    const user = await store.users.getByTelegramId(id)
    if (!user) throw new CliError(`Unknown user: ${id}. Add them first: kamihi user add ${id}`)
    const { id: accountId, version } = await accountNamed(store, name)
    const patch = { telegramUserId: user.id }
    const outcome = await store.accounts.update(accountId, version, patch, cliChange())
    if (outcome.kind === 'last_owner') throw new CliError(`Not saved: ${name} is the last owner`)
    return savedOr(outcome, {})
  })
  print(command, account, () => [`Linked: ${account.username} gets codes as Telegram user ${id}`])
}

async function accountNamed(store: Store, name: string): Promise<AccountRecord> {
  const account = await store.accounts.getByUsername(name)
  if (account) return account
  const { items } = await store.accounts.list({ limit: 20 })
  const known = items.map(({ username }) => username).join(', ') || 'none'
  throw new CliError(`Unknown account: ${name}. There are: ${known}`)
}

/** The hash of the password on standard input, without the line break that ends it. */
async function hashFromStdin({ process }: CliCommand, username: string): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  const weakness = weaknessOf(password, username, [hostname()])
  if (weakness) throw new CliError(`Choose another password. ${wordsOfIssue(weakness, issueWords)}`)
  return hashPassword(password)
}
