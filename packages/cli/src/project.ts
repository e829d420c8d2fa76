import { userInfo } from 'node:os'
import { type Config, type LoadedConfig, loadConfig, systemClock } from '@kamihi/core'
import { type Change, openStore, type Saved, type Store } from '@kamihi/store'
import type { CliCommand } from './cliCommand.ts'
import { CliError } from './output.ts'

/** Configuration of the project in the working directory. */
export async function projectConfig(command: CliCommand, overrides: object = {}): Promise<Config> {
  return (await loadProject(command, overrides)).config
}

/** The same with where each setting came from. */
export function loadProject(command: CliCommand, overrides: object = {}): Promise<LoadedConfig> {
  const { settingsPath } = command.optsWithGlobals<{ settingsPath?: string }>()
  return loadConfig({
    cwd: process.cwd(),
    env: command.process.env,
    overrides,
    ...(settingsPath ? { configFile: settingsPath } : {}),
  })
}

/** Opens the store for one command and closes it again; works while the bot runs. */
export async function withStore<T>(
  command: CliCommand,
  work: (store: Store, config: Config) => Promise<T>,
): Promise<T> {
  const config = await projectConfig(command)
  const store = await openStore({ url: config.db.url, synchronous: config.db.synchronous })
  try {
    return await work(store, config)
  } finally {
    await store.close()
  }
}

/** Who changes something: the person at the command line. */
export function cliChange(): Change {
  return { actor: { kind: 'cli', id: null, name: userName() }, now: systemClock.now() }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}

/** The value of an edit, or the sentence that says why not. */
export function savedOr<T>(saved: Saved<T>, messages: Partial<Record<Saved<T>['kind'], string>>): T {
  if (saved.kind === 'saved') return saved.value
  if (saved.kind === 'unknown_reference')
    throw new CliError(messages.unknown_reference ?? `Unknown ${saved.field}: ${saved.ids.join(', ')}`)
  throw new CliError(messages[saved.kind] ?? `Not saved: ${saved.kind.replace('_', ' ')}`)
}
