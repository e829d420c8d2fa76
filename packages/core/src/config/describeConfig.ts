import type { Setting } from '@kamihi/contracts'
import type { TObject } from '@sinclair/typebox'
import { maskedUrl, redact } from '../redact.ts'
import type { LoadedConfig } from './loadConfig.ts'
import { type Config, configSchema, isGroup, snakeCase } from './schema.ts'

/** Where the values of a configuration come from, as `loadConfig` tells it. */
export type ConfigSources = Pick<LoadedConfig, 'sources' | 'file'>

/** Keys whose values nobody may read: they are, or hold, passwords. */
const secrets = new Set(['token', 'datasources', 'log.notification_urls'])

/** Every key of the configuration with its value and where that comes from; secrets only as set or not. */
export function describeConfig(config: Config, loaded: ConfigSources | null): Setting[] {
  return keysOf(configSchema, config as Record<string, unknown>, []).map(({ path, value, schema }) => {
    const key = path.map(snakeCase).join('.')
    const secret = secrets.has(key)
    return {
      key,
      value: secret ? (isSet(value) ? 'set' : 'not set') : shown(value),
      secret,
      default: (schema.default ?? null) as unknown,
      ...sourceOf(key, isSame(value, schema.default), loaded),
      env: `KAMIHI_${path.map(snakeCase).join('__').toUpperCase()}`,
      description: String(schema.description ?? ''),
    }
  })
}

interface Key {
  path: string[]
  value: unknown
  schema: { default?: unknown; description?: string }
}

function keysOf(schema: TObject, values: Record<string, unknown>, above: string[]): Key[] {
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const path = [...above, name]
    const value = values[name]
    return isGroup(property)
      ? keysOf(property, (value ?? {}) as Record<string, unknown>, path)
      : [{ path, value, schema: property }]
  })
}

/** What the words of `loadConfig` stand for. */
function sourceOf(
  key: string,
  isDefault: boolean,
  loaded: ConfigSources | null,
): Pick<Setting, 'source' | 'sourceDetail'> {
  if (!loaded) return { source: isDefault ? 'default' : 'unknown', sourceDetail: null }
  const words = loaded.sources[key]
  if (words === undefined) return { source: 'default', sourceDetail: null }
  if (words.startsWith('environment variable ')) return { source: 'environment', sourceDetail: words }
  if (words.endsWith(' in .env')) return { source: 'dotenv', sourceDetail: words }
  if (words === loaded.file) return { source: 'file', sourceDetail: words }
  return { source: 'code', sourceDetail: words }
}

const isSet = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Without passwords in addresses, and without the secrets of webhooks, which their addresses may hold too. */
function shown(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shownIn(key, item)]))
}

function shownIn(key: string, item: unknown): unknown {
  if (key === 'secret') return 'set'
  return key === 'url' && typeof item === 'string' ? maskedUrl(item) : shown(item)
}
