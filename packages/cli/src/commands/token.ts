import { newApiToken, prefixOfToken, sha256 } from '@kamihi/admin-api/credentials'
import { type AccessRole, accessRoles, type Token } from '@kamihi/contracts'
import { systemClock } from '@kamihi/core'
import { everyItem } from '@kamihi/store'
import { InvalidArgumentError, Option } from 'commander'
import type { CliCommand } from '../cliCommand.ts'
import { CliError, print, table } from '../output.ts'
import { cliChange, withStore } from '../project.ts'

const dayMs = 86_400_000

interface CreateOptions {
  role: AccessRole
  expires: number | null
}

/** Adds `kamihi token`. */
export function addTokenCommand(program: CliCommand): void {
  const token = program.command('token').description('credentials of scripts')
  token
    .command('create')
    .description('make an API token and print it, once')
    .argument('<name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(accessRoles).default('viewer'))
    .addOption(
      new Option('--expires <days>', 'days it is valid, e.g. 30d, or "never"')
        .argParser(lifetime)
        .default(365 * dayMs, '365d'),
    )
    .option('--json', 'print JSON')
    .action((name: string, options: CreateOptions, command: CliCommand) =>
      createToken(name, options, command),
    )
  token
    .command('list')
    .description('list the tokens, without their secrets')
    .option('--json', 'print JSON')
    .action((_options: object, command: CliCommand) => listTokens(command))
  token
    .command('revoke')
    .description('end a token at once')
    .argument('<token>', 'its name, its prefix, or its id')
    .option('--json', 'print JSON')
    .action((which: string, _options: object, command: CliCommand) => revokeToken(which, command))
}

function lifetime(text: string): number | null {
  if (text === 'never') return null
  const days = /^(\d{1,5})d?$/.exec(text)
  if (!days) throw new InvalidArgumentError('Must be a number of days like 30d, or never')
  return Number(days[1]) * dayMs
}

async function createToken(name: string, options: CreateOptions, command: CliCommand): Promise<void> {
  const secret = newApiToken()
  const token = await withStore(command, (store) => {
    const change = cliChange()
    const expiresAt = options.expires === null ? null : change.now + options.expires
    return store.tokens.create(
      { name, role: options.role, prefix: prefixOfToken(secret), hash: sha256(secret), expiresAt },
      change,
    )
  })
  print(command, { ...token, token: secret }, () => [secret])
}

async function listTokens(command: CliCommand): Promise<void> {
  const tokens = await withStore(command, (store) => everyItem(store.tokens.list))
  print(command, tokens, () =>
    table(
      ['NAME', 'ROLE', 'PREFIX', 'BY', 'STATE', 'EXPIRES', 'LAST USED', 'FROM'],
      tokens.map((token) => [
        token.name,
        token.role,
        token.prefix,
        token.createdBy,
        stateOf(token),
        token.expiresAt ?? 'never',
        token.lastUsedAt ?? 'never',
        token.lastUsedFrom ?? '',
      ]),
    ),
  )
}

function stateOf({ revokedAt, expiresAt }: Token): string {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= systemClock.now() ? 'expired' : 'valid'
}

async function revokeToken(which: string, command: CliCommand): Promise<void> {
  const revoked = await withStore(command, async (store) => {
    const all = await everyItem(store.tokens.list)
    const open = all.filter(({ revokedAt }) => revokedAt === null)
    const meant = open.filter(({ id, name, prefix }) => [id, name, prefix].includes(which))
    const [token] = meant
    if (!token) throw new CliError(`No valid token is called ${which}. See them with: kamihi token list`)
    if (meant.length > 1)
      throw new CliError(
        `${meant.length} tokens are called ${which}. Give the id: ${meant.map(({ id }) => id).join(', ')}`,
      )
    await store.tokens.revoke(token.id, cliChange())
    return token
  })
  print(command, revoked, () => [`Token revoked: ${revoked.name} (${revoked.prefix}…)`])
}
