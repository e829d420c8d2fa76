import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createJiti } from 'jiti'
import type { Logger } from '../logger.ts'
import { silentLogger } from '../logger.ts'
import type { ActionDefinition } from './action.ts'
import { createRegistry, type Registry } from './registry.ts'

export interface LoadActionsOptions {
  /** Folder of the actions; a missing one holds none. */
  dir: string | null
  /** Actions given in code. */
  actions?: readonly ActionDefinition[]
  /** What files import by these names, which has to be the running copy. Asked for once there is a file. */
  modules?: () => Promise<Record<string, object>>
  logger?: Logger
}

const extensions = ['.ts', '.mts', '.js', '.mjs']

/** Loads every action of a project. A broken file stops only itself and is known by its path and line. */
export async function loadActions({
  dir,
  actions = [],
  modules = async () => ({}),
  logger = silentLogger(),
}: LoadActionsOptions): Promise<Registry> {
  const registry = createRegistry((text, file) => logger.warning({ file }, text))
  for (const action of actions) registry.add(action, null, null)
  const files = dir === null ? [] : findFiles(dir)
  const virtualModules = files.length === 0 ? {} : await modules()
  const jiti = createJiti(import.meta.url, { moduleCache: false, fsCache: false, virtualModules })
  for (const { name, file } of files) {
    try {
      const module = await jiti.import<{ default?: unknown }>(file)
      registry.add(module.default ?? module, name, file)
    } catch (error) {
      const where = locationOf(error, file)
      const message = messageOf(error)
      registry.addBroken({ name, where, message })
      logger.error({ action: name }, `${where} could not be loaded: ${message}`)
      logger.debug({ action: name, err: error }, 'All that is known of it')
    }
  }
  return registry
}

/** `actions/x.ts`, `actions/x/x.ts` and `actions/x/index.ts`, sorted. */
function findFiles(dir: string): { name: string; file: string }[] {
  if (!existsSync(dir)) return []
  const entries = readdirSync(dir)
    .filter((entry) => !entry.startsWith('.') && !entry.startsWith('_'))
    .sort()
  return entries.flatMap((entry) => {
    const path = join(dir, entry)
    if (statSync(path).isDirectory()) return fileIn(path, entry) ?? []
    const extension = extensions.find((each) => entry.endsWith(each) && !entry.endsWith('.d.ts'))
    return extension ? [{ name: basename(entry, extension), file: path }] : []
  })
}

function fileIn(folder: string, name: string): { name: string; file: string } | null {
  const file = [name, 'index']
    .flatMap((base) => extensions.map((extension) => join(folder, base + extension)))
    .find((path) => existsSync(path))
  return file ? { name, file } : null
}

/** Path and line of the author's code, as far as the error tells. */
function locationOf(error: unknown, file: string): string {
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : ''
  const escaped = file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const line = new RegExp(`${escaped}:(\\d+)`).exec(text)?.[1] ?? /\((\d+):\d+\)/.exec(text)?.[1]
  return line ? `${file}:${line}` : file
}

const messageOf = (error: unknown) =>
  error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error)
