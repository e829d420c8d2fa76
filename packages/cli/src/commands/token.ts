import { newApiToken, sha256 } from '@kamihi/admin-api'
import { type AccessRole, accessRoles } from '@kamihi/contracts'
import { Command, InvalidArgumentError, Option } from 'commander'
import { print, table } from '../output.ts'
import { cliChange, withStore } from '../project.ts'

const dayMs = 86_400_000

interface CreateOptions {
  role: AccessRole
  expires: number | null
  json?: boolean
}

export function tokenCommand(): Command {
  const token = new Command('token').description('credentials of scripts')
  token
    .command('create')
    .description('make an API token and print it, once')
    .argument('<name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(accessRoles).default('viewer'))
    .option('--expires <days>', 'days it is valid, e.g. 30d, or "never"', lifetime, 365 * dayMs)
    .option('--json', 'print JSON')
    .action((name: string, options: CreateOptions, command: Command) => createToken(name, options, command))
  token
    .command('list')
    .description('list the tokens, without their secrets')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }, command: Command) => listTokens(options, command))
  return token
}

function lifetime(text: string): number | null {
  if (text === 'never') return null
  const days = /^(\d{1,5})d?$/.exec(text)
  if (!days) throw new InvalidArgumentError('Must be a number of days like 30d, or never')
  return Number(days[1]) * dayMs
}

async function createToken(name: string, options: CreateOptions, command: Command): Promise<void> {
  const secret = newApiToken()
  const token = await withStore(command, (store) => {
    const change = cliChange()
    const expiresAt = options.expires === null ? null : change.now + options.expires
    return store.tokens.create(
      { name, role: options.role, prefix: secret.slice(0, 12), hash: sha256(secret), expiresAt },
      change,
    )
  })
  print(options, { ...token, token: secret }, () => [secret])
}

async function listTokens(options: { json?: boolean }, command: Command): Promise<void> {
  const tokens = await withStore(command, (store) => store.tokens.list())
  print(options, tokens, () =>
    table(
      ['NAME', 'ROLE', 'PREFIX', 'EXPIRES', 'LAST USED'],
      tokens.map((token) => [
        token.name,
        token.role,
        token.prefix,
        token.expiresAt ?? 'never',
        token.lastUsedAt ?? 'never',
      ]),
    ),
  )
}
