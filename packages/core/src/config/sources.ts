import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TObject, TSchema } from '@sinclair/typebox'
import { cosmiconfig } from 'cosmiconfig'
import { parse as parseEnv } from 'dotenv'
import { KamihiError } from '../errors.ts'
import { camelCase, configSchema, isGroup } from './schema.ts'

type Tree = Record<string, unknown>

/** Values of one place, with the words by which that place is named in messages. */
export interface Source {
  values: Tree
  /** Where a key came from, e.g. `environment variable KAMIHI_WEB__PORT`. */
  nameOf(path: string[]): string
}

const searchPlaces = [
  'kamihi.yaml',
  'kamihi.yml',
  'kamihi.json',
  'kamihi.ts',
  'kamihi.js',
  'kamihi.config.ts',
  'kamihi.config.js',
  'package.json',
]

/** The file: the named one alone, else the first that is found in the folder. */
export async function fileSource(
  cwd: string,
  named: string | undefined,
): Promise<{ source: Source; file: string | null }> {
  const explorer = cosmiconfig('kamihi', { searchPlaces, stopDir: cwd })
  const found = await loadFile(explorer, cwd, named)
  const file = found?.filepath ?? null
  const values = camelKeys(found?.config ?? {}) as Tree
  if (typeof values !== 'object' || Array.isArray(values))
    throw new KamihiError('invalid_config', `${file} is not a mapping of keys to values.`)
  return { source: { values, nameOf: () => file ?? 'file' }, file }
}

async function loadFile(explorer: ReturnType<typeof cosmiconfig>, cwd: string, named: string | undefined) {
  if (named !== undefined && !existsSync(join(cwd, named)) && !existsSync(named))
    throw new KamihiError('invalid_config', `The configuration file ${named} does not exist.`)
  try {
    return named === undefined
      ? await explorer.search(cwd)
      : await explorer.load(existsSync(join(cwd, named)) ? join(cwd, named) : named)
  } catch (error) {
    throw new KamihiError(
      'invalid_config',
      `The configuration file cannot be read: ${(error as Error).message}`,
      { cause: error },
    )
  }
}

/** Values of variables that begin with `KAMIHI_`; `__` goes one level down, lists and objects are JSON. */
export function environmentSource(
  variables: Record<string, string | undefined>,
  describe: (name: string) => string,
): Source {
  const values: Tree = {}
  const names = new Map<string, string>()
  for (const [name, value] of Object.entries(variables)) {
    if (!/^KAMIHI_/i.test(name) || value === undefined || ignored.has(name.toUpperCase())) continue
    const path = name.slice('KAMIHI_'.length).toLowerCase().split('__').map(camelCase)
    names.set(path.join('.'), name)
    assign(values, path, readText(value, schemaAt(path)))
  }
  return {
    values,
    nameOf: (path) => describe(names.get(path.join('.')) ?? `KAMIHI_${path.join('__').toUpperCase()}`),
  }
}

/** Not keys of the configuration. */
const ignored = new Set(['KAMIHI_CONFIG_FILE', 'KAMIHI_DEBUG', 'KAMIHI_API_TOKEN'])

export function dotEnv(cwd: string): Record<string, string> {
  const file = join(cwd, '.env')
  return existsSync(file) ? parseEnv(readFileSync(file)) : {}
}

function schemaAt(path: string[]): TSchema | undefined {
  let schema: TSchema | undefined = configSchema
  for (const key of path) schema = schema && isGroup(schema) ? (schema as TObject).properties[key] : undefined
  return schema
}

/** Text of a variable as the key needs it; what cannot be read stays text, so that the check can show it. */
function readText(value: string, schema: TSchema | undefined): unknown {
  if (schema?.type === 'boolean')
    return /^(true|1|yes|on)$/i.test(value) ? true : /^(false|0|no|off)$/i.test(value) ? false : value
  if (schema?.type === 'number' || schema?.type === 'integer')
    return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
  if (schema?.type !== 'array' && schema?.type !== 'object') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

function assign(tree: Tree, path: string[], value: unknown): void {
  const [key, ...rest] = path
  if (key === undefined) return
  if (rest.length === 0) tree[key] = value
  else {
    tree[key] = typeof tree[key] === 'object' && tree[key] !== null ? tree[key] : {}
    assign(tree[key] as Tree, rest, value)
  }
}

/** Keys as TypeScript writes them; the contents of lists stay as they are. */
function camelKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [camelCase(key), camelKeys(item)]))
}
