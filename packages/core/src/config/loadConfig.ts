import { isTimezone } from '@kamihi/contracts'
import { FormatRegistry, type TObject } from '@sinclair/typebox'
import { Value, type ValueError } from '@sinclair/typebox/value'
import { KamihiError } from '../errors.ts'
import { nearest } from './nearest.ts'
import { type Config, configSchema, isGroup, snakeCase } from './schema.ts'
import { dotEnv, environmentSource, fileSource, type Source } from './sources.ts'

FormatRegistry.Set('timezone', isTimezone)

type Tree = Record<string, unknown>

export interface LoadOptions {
  /** The project's folder. */
  cwd: string
  env?: Record<string, string | undefined>
  /** Values given by code or by options of the command line; they win over everything. */
  overrides?: object
  /** This file and no other. */
  configFile?: string
}

export interface LoadedConfig {
  config: Config
  /** Where each key that is not a default came from, by its dotted name. */
  sources: Record<string, string>
  file: string | null
  /** `NODE_ENV` is `production`. */
  isProduction: boolean
}

/**
 * The configuration of a project: code > environment > `.env` > file > defaults.
 * @throws KamihiError `invalid_config` that names key, value, source and what is allowed.
 */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const env = options.env ?? {}
  const local = dotEnv(options.cwd)
  const named = options.configFile ?? env.KAMIHI_CONFIG_FILE ?? local.KAMIHI_CONFIG_FILE
  const { source, file } = await fileSource(options.cwd, named)
  const code: Source = { values: (options.overrides ?? {}) as Tree, nameOf: () => 'code or command line' }
  const fromEnv = environmentSource(env, (name) => `environment variable ${name}`)
  const fromFile = environmentSource(local, (name) => `${name} in .env`)
  const layers = [source, fromFile, fromEnv, code]
  const merged = layers.reduce<Tree>((all, layer) => merge(all, layer.values), {})
  return {
    config: check(merged, layers),
    sources: sourcesOf(layers),
    file,
    isProduction: env.NODE_ENV === 'production',
  }
}

function check(merged: Tree, layers: Source[]): Config {
  refuseUnknown(configSchema, merged, [], layers)
  const filled = Value.Default(configSchema, structuredClone(merged))
  const wrong = [...Value.Errors(configSchema, filled)][0]
  if (wrong) throw new KamihiError('invalid_config', explain(wrong, layers))
  return filled as Config
}

function refuseUnknown(schema: TObject, values: Tree, path: string[], layers: Source[]): void {
  for (const [key, value] of Object.entries(values)) {
    const property = schema.properties[key]
    const here = [...path, key]
    if (!property)
      throw new KamihiError('invalid_config', unknownKey(here, Object.keys(schema.properties), layers))
    if (isGroup(property) && typeof value === 'object' && value !== null && !Array.isArray(value))
      refuseUnknown(property, value as Tree, here, layers)
  }
}

function unknownKey(path: string[], known: string[], layers: Source[]): string {
  const meant = nearest(path.at(-1) ?? '', known)
  const hint = meant
    ? ` Did you mean ${dotted([...path.slice(0, -1), meant])}?`
    : ` Known there: ${known.map(snakeCase).join(', ')}.`
  return `Unknown key ${dotted(path)} (${origin(path, layers)}).${hint}`
}

function explain(error: ValueError, layers: Source[]): string {
  const path = error.path.split('/').slice(1)
  const secret = /token|password|secret/i.test(path.at(-1) ?? '')
  const given = secret ? '***' : JSON.stringify(error.value)
  return `${dotted(path)} is ${given} (${origin(path, layers)}); ${allowed(error)}.`
}

function allowed(error: ValueError): string {
  const { schema } = error
  const words = (schema.anyOf as { const?: unknown }[] | undefined)
    ?.map((option) => option.const)
    .filter((word) => word !== undefined)
  if (words && words.length > 0) return `allowed are ${words.join(', ')}`
  if (schema.format === 'timezone') return 'allowed are UTC and names like Europe/Madrid'
  if (Array.isArray(schema.examples)) return `allowed are words like ${schema.examples.join(', ')}`
  if (/token/.test(error.path)) return 'a token looks like 123456789: and 35 letters, digits, - or _'
  const limits = [
    schema.minimum === undefined ? '' : `at least ${schema.minimum}`,
    schema.maximum === undefined ? '' : `at most ${schema.maximum}`,
    schema.minLength === undefined ? '' : `at least ${schema.minLength} characters`,
  ].filter(Boolean)
  return `expected is ${/^[aeiou]/.test(schema.type ?? '') ? 'an' : 'a'} ${schema.type ?? 'valid value'}${limits.length > 0 ? `, ${limits.join(' and ')}` : ''}`
}

function origin(path: string[], layers: Source[]): string {
  const layer = layers.findLast((each) => at(each.values, path) !== undefined)
  return layer?.nameOf(path) ?? 'default'
}

function sourcesOf(layers: Source[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const layer of layers)
    for (const path of leaves(layer.values)) found[dotted(path)] = layer.nameOf(path)
  return found
}

function leaves(tree: Tree, path: string[] = []): string[][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leaves(value as Tree, [...path, key])
      : [[...path, key]],
  )
}

function at(tree: Tree, path: string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Tree)[key] : undefined),
    tree,
  )
}

function merge(under: Tree, over: Tree): Tree {
  const merged = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const both = [merged[key], value].every(
      (side) => typeof side === 'object' && side !== null && !Array.isArray(side),
    )
    merged[key] = both ? merge(merged[key] as Tree, value as Tree) : value
  }
  return merged
}

const dotted = (path: string[]) => path.map(snakeCase).join('.')
