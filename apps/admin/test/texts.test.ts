import { type AST, parse } from 'svelte/compiler'
import { describe, expect, it } from 'vitest'
import { es } from '../src/texts/es/index.ts'
import * as en from '../src/texts/index.ts'

const components = Object.entries(
  import.meta.glob<string>('../src/**/*.svelte', { query: '?raw', import: 'default', eager: true }),
)

/** Attributes that people read or hear, of elements and of our own components. */
const spoken = new Set([
  'title',
  'placeholder',
  'aria-label',
  'alt',
  'label',
  'hint',
  'note',
  'heading',
  'confirm',
  'consequence',
])
/** Elements whose text is no language: code, keys, and what is not shown. */
const untranslated = new Set(['pre', 'code', 'kbd', 'style', 'script'])
/** Names that are the same in every language, of files too. */
const names = /\b([\w-]+\.(?:yaml|json|ts)|Kamihi|Telegram|Markdown|JSON|crontab\.guru|UTC|Ctrl|K)\b/g

const isWords = (text: string): boolean => /\p{L}/u.test(text.replace(names, ''))

type Found = { line: number; text: string }
type Node = { type: string; start: number; name?: string } & Record<string, unknown>

/** Words that stand in the markup itself instead of among the texts. */
function literalWords(code: string): Found[] {
  const found: Found[] = []
  const note = (start: number, text: string) =>
    found.push({ line: code.slice(0, start).split('\n').length, text: text.trim() })

  function attribute(node: Node): void {
    if (!spoken.has(node.name ?? '')) return
    for (const part of [node.value].flat() as (Node | true)[]) {
      if (part === true) continue
      if (part.type === 'Text' && isWords(String(part.data))) note(part.start, String(part.data))
      if (part.type === 'ExpressionTag') strings(part.expression as Node)
    }
  }
  function strings(expression: Node): void {
    if (expression.type === 'Literal' && typeof expression.value === 'string' && isWords(expression.value))
      note(expression.start, expression.value)
    if (expression.type === 'ConditionalExpression')
      for (const side of ['consequent', 'alternate']) strings(expression[side] as Node)
    if (expression.type === 'LogicalExpression')
      for (const side of ['left', 'right']) strings(expression[side] as Node)
  }
  function visit(node: Node): void {
    if (untranslated.has(node.name ?? '')) return
    if (node.type === 'Text' && isWords(String(node.data))) note(node.start, String(node.data))
    if (node.type === 'ExpressionTag') strings(node.expression as Node)
    for (const attributes of [node.attributes].flat() as (Node | undefined)[])
      if (attributes?.type === 'Attribute') attribute(attributes)
    for (const [key, child] of Object.entries(node)) {
      if (key === 'attributes' || key === 'expression') continue
      for (const one of [child].flat()) if (isNode(one)) visit(one)
    }
  }
  const isNode = (value: unknown): value is Node =>
    typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

  visit((parse(code, { modern: true }) as AST.Root).fragment as unknown as Node)
  return found
}

describe('words of the dashboard', () => {
  it('are noticed in markup and attributes, but not in code', () => {
    expect(
      literalWords('<p title="Hello">{x ? \'Yes\' : t.no} world</p><code>cron</code><b>Kamihi</b>'),
    ).toEqual([
      { line: 1, text: 'Hello' },
      { line: 1, text: 'Yes' },
      { line: 1, text: 'world' },
    ])
  })

  it.each(components)('stand among the texts, not in %s', (_, code) => {
    expect(literalWords(code)).toEqual([])
  })
})

const scripts = Object.entries(
  import.meta.glob<string>('../src/**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true }),
).filter(([, code]) => code.includes('import * as t from'))

describe('the texts', () => {
  it.each(scripts)('come to a page part by part, as nothing in %s is given all of them', (_, code) => {
    const [, ...used] = code.split(/(?<![\w.$'])t(?![\w'])/).map((after) => after.slice(0, 12))
    expect(used.filter((after) => !/^(\.\w|\?: | from '|\)? => )/.test(after))).toEqual([])
  })
})

/** Every text by its place: `people.users.title`. */
function textsOf(value: unknown, path: string[] = []): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path.join('.'), value]]
  return Object.entries(value).flatMap(([key, child]) => textsOf(child, [...path, key]))
}

/** Words that Spanish has taken over, or that are names. */
const alike = new Set([
  ...['no', 'No', 'Chat', 'chat', 'Roles', 'roles', 'Token', 'Tokens', 'tokens', 'Webhooks', 'webhook'],
  ...['English', 'Español', '12 h', '24 h', 'p95', 'env', '.env', 'YAML', 'Node.js', 'SQLite', 'IP', 'URL'],
  ...['s', 'min', 'h', 'd', 'error'],
])

describe('Spanish', () => {
  const english = new Map(textsOf(en))
  const spanish = new Map(textsOf(es))

  it('has a text for each English one, and no other', () => {
    // In English, keys of the configuration are described by the server.
    const own = [...spanish.keys()].filter((key) => !key.startsWith('settingKeys.'))
    expect(own.sort()).toEqual([...english.keys()].sort())
  })

  it('is not English', () => {
    const same = [...spanish].filter(
      ([key, text]) =>
        typeof text === 'string' && isWords(text) && text === english.get(key) && !alike.has(text),
    )
    expect(same.map(([key, text]) => `${key}: ${String(text)}`)).toEqual([])
  })

  it('takes what the English functions take', () => {
    const other = [...spanish].filter(
      ([key, text]) =>
        typeof text === 'function' && text.length > (english.get(key) as { length: number }).length,
    )
    expect(other.map(([key]) => key)).toEqual([])
  })
})
