import type { Setting } from '@kamihi/contracts'

const isPlain = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || value === null

/** A text that YAML would read as something else, or not at all, stands in quotes. */
const yamlText = (value: string): string =>
  /^[A-Za-z/][\w ./-]*$/.test(value) && !/^(true|false|yes|no|on|off|null)$/i.test(value.trim())
    ? value
    : JSON.stringify(value)

const yamlValue = (value: unknown): string =>
  typeof value === 'string' ? yamlText(value) : isPlain(value) ? String(value) : JSON.stringify(value)

/** A key as it stands in a YAML file, each part on a line of its own. JSON is YAML, so that lists need no lines. */
export function yamlOf({ key, value, secret }: Pick<Setting, 'key' | 'value' | 'secret'>): string {
  const parts = key.split('.')
  return parts
    .map((part, depth) => {
      const line = `${'  '.repeat(depth)}${part}:`
      return depth < parts.length - 1 ? line : `${line} ${secret ? '' : yamlValue(value)}`.trimEnd()
    })
    .join('\n')
}

/** A key as an environment variable: `KAMIHI_WEB__PORT=4242`; of a secret only its name. */
export function envOf({ env, value, secret }: Pick<Setting, 'env' | 'value' | 'secret'>): string {
  if (secret || value === null || value === undefined) return `${env}=`
  return `${env}=${typeof value === 'string' ? value : JSON.stringify(value)}`
}

/** The keys under the first part of their names, in the order in which they come. */
export function groupsOf(settings: readonly Setting[]): { name: string; items: Setting[] }[] {
  const groups = new Map<string, Setting[]>()
  for (const setting of settings) {
    const name = setting.key.includes('.') ? (setting.key.split('.')[0] ?? '') : ''
    groups.set(name, [...(groups.get(name) ?? []), setting])
  }
  return [...groups].map(([name, items]) => ({ name, items }))
}

/** The keys whose name, variable or description holds the words. */
export function findSettings(settings: readonly Setting[], search: string): Setting[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return settings.filter(({ key, env, description }) => {
    const text = `${key} ${env} ${description}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** A description in pieces: what stands between backticks is code. */
export const codeParts = (text: string): { text: string; isCode: boolean }[] =>
  text.split('`').map((part, index) => ({ text: part, isCode: index % 2 === 1 }))
