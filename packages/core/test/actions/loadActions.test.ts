import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type ActionContext,
  ask,
  defineAction,
  loadActions,
  runAction,
  silentLogger,
} from '../../src/index.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kamihi-actions-'))
})
const file = (name: string, content: string) => {
  mkdirSync(dirname(join(dir, name)), { recursive: true })
  writeFileSync(join(dir, name), content)
}
const load = () => loadActions({ dir })
const plain = (body: string) => `export default { run() { ${body} } }`

describe('actions', () => {
  it('are found as files and folders and named after them', async () => {
    file('start.ts', plain("return 'hi'"))
    file('weather/weather.ts', plain("return 'sunny'"))
    file('sub/index.js', plain(''))
    expect((await load()).list().map((action) => [action.name, action.commands])).toEqual([
      ['start', ['start']],
      ['sub', ['sub']],
      ['weather', ['weather']],
    ])
  })

  it('load TypeScript with types, enums and helpers without a build', async () => {
    file('lib/_helper.ts', "export enum Mood { Good = 'good' }")
    file(
      'mood.ts',
      "import { Mood } from './lib/_helper'\nconst mood: Mood = Mood.Good\nexport default { run(): string { return mood } }",
    )
    expect((await load()).get('mood')?.run({} as ActionContext)).toBe('good')
  })

  it('are not stopped by a broken file, which is known by its path and line', async () => {
    file('bad.ts', "const a = 1\n\nthrow new Error('oops')\n")
    file('good.ts', plain(''))
    const registry = await load()
    expect(registry.list().map((action) => action.name)).toEqual(['good'])
    expect(registry.broken()).toEqual([{ name: 'bad', where: `${join(dir, 'bad.ts')}:3`, message: 'oops' }])
  })

  it('that are broken are logged in one readable line with path and line', async () => {
    file('bad.ts', "const a = 1\n\nthrow new Error('oops')\n")
    const said: string[] = []
    const logger = { ...silentLogger(), error: (_: object | string, text = '') => void said.push(text) }
    await loadActions({ dir, logger })
    expect(said).toEqual([`${join(dir, 'bad.ts')}:3 could not be loaded: oops`])
  })

  it('are refused when a name or command is taken, naming both files', async () => {
    file('a.ts', 'export default { commands: ["x"], run() {} }')
    file('b.ts', 'export default { commands: ["x"], run() {} }')
    expect((await load()).broken()[0]?.message).toMatch(/b\.ts.*a\.ts/)
  })

  it('drop commands that Telegram would refuse, and are refused without any', async () => {
    file('a.ts', 'export default { commands: ["Bad", "good"], run() {} }')
    file('b.ts', 'export default { commands: ["Bad"], run() {} }')
    const registry = await load()
    expect(registry.get('a')?.commands).toEqual(['good'])
    expect(registry.broken()[0]?.message).toContain('No valid commands were given')
  })

  it('import the running copy of a module that is given, whatever their extension', async () => {
    const shared = { define: vi.fn((definition: object) => definition) }
    const extensions = ['ts', 'mts', 'js', 'mjs']
    for (const extension of extensions)
      file(
        `${extension}.${extension}`,
        "import { define } from 'shared-module'\nexport default define({ run() {} })",
      )
    const registry = await loadActions({ dir, modules: async () => ({ 'shared-module': shared }) })
    expect(registry.broken()).toEqual([])
    expect(registry.list().map(({ name }) => name)).toEqual([...extensions].sort())
    expect(shared.define).toHaveBeenCalledTimes(extensions.length)
  })

  it('need no module while there are none', async () => {
    const modules = vi.fn(async () => ({}))
    expect((await loadActions({ dir, modules })).list()).toEqual([])
    expect(modules).not.toHaveBeenCalled()
  })

  it('have args whose types follow from their questions', () => {
    const action = defineAction({
      name: 'typed',
      args: {
        name: ask.string('Name?'),
        age: ask.integer('Age?'),
        city: ask.choice('City?', ['Paris', 'Madrid']),
      },
      run({ args }) {
        const name: string = args.name
        const age: number = args.age
        const city: 'Paris' | 'Madrid' = args.city
        return `${name} ${age} ${city}`
      },
    })
    expect(Object.keys(action.args ?? {})).toEqual(['name', 'age', 'city'])
  })
})

describe('args of a job', () => {
  it('are warned about when they miss, have another type or are not asked', async () => {
    const weather = defineAction({
      name: 'weather',
      args: { name: ask.string('Name?'), city: ask.choice('City?', ['Paris']) },
      run: () => '',
    })
    const registry = await loadActions({ dir: null, actions: [weather] })
    const issues = registry.checkArgs('weather', { name: 5, citty: 'Paris' })
    expect(issues.map((issue) => [issue.code, issue.path])).toEqual([
      ['wrong_type', '/name'],
      ['missing_arg', '/city'],
      ['unknown_arg', '/citty'],
    ])
    expect(issues[2]?.message).toContain('Did you mean "city"?')
  })

  const limited = defineAction({
    name: 'limited',
    args: {
      n: ask.integer('How many?', { min: 1, max: 5 }),
      name: ask.string('Name?', { minLength: 2 }),
      when: ask.date('When?'),
      at: ask.time('At?'),
      due: ask.datetime('Due?'),
    },
    run: () => '',
  })
  const fitting = { n: 5, name: 'Ana', when: '2028-02-29', at: '08:30', due: '2026-11-24T08:30' }
  const messagesFor = async (args: Record<string, unknown>) => {
    const registry = await loadActions({ dir: null, actions: [limited] })
    return registry.checkArgs('limited', { ...fitting, ...args }).map(({ message }) => message)
  }

  it('are warned about with the limits that they break', async () => {
    expect(await messagesFor({ n: 9 })).toEqual([
      '"n" is 9; the action expects an integer: at least 1, at most 5.',
    ])
    expect(await messagesFor({ name: 'A' })).toEqual([
      '"name" is "A"; the action expects a string: of at least 2 characters.',
    ])
  })

  it.each([
    ['when', 'nope', '2026-11-24'],
    ['when', '2026-02-30', '2026-11-24'],
    ['at', '24:00', '08:30'],
    ['due', '2026-11-24', '2026-11-24T08:30'],
  ])('are warned about where %s is %s, which is no such moment', async (name, given, example) => {
    expect(await messagesFor({ [name]: given })).toEqual([
      `"${name}" is "${given}"; the action expects a string: like ${example}.`,
    ])
  })

  it('are not warned about where they fit, with a zone or seconds too', async () => {
    expect(await messagesFor({})).toEqual([])
    expect(await messagesFor({ at: '08:30:15', due: '2026-11-24 08:30:00+01:00' })).toEqual([])
    expect(await messagesFor({ due: '2026-11-24T08:30:00.000Z' })).toEqual([])
  })
})

describe('running an action', () => {
  const run = async (
    definition: Parameters<typeof defineAction>[0],
    args = {},
    signal = new AbortController().signal,
  ) => {
    const actions = await loadActions({ dir: null, actions: [definition] })
    const telegram = {
      state: () => ({ state: 'connected' as const, detail: null, botUsername: null, isEmulator: true }),
      send: async () => ({ kind: 'withdrawn' as const }),
      reach: async () => ({ kind: 'reached' }),
      hasRoom: () => false,
      onCommand: () => undefined,
    }
    return runAction(
      { actions, logger: silentLogger(), telegram },
      { action: 'a', user: null, users: [], args, job: null, signal },
    )
  }

  it('gives null for args that are not given', async () => {
    const seen: unknown[] = []
    await run({
      name: 'a',
      args: { city: ask.string('City?') },
      run: ({ args }) => void seen.push(args.city),
    })
    expect(seen).toEqual([null])
  })

  it('keeps what it throws and redacts secrets in it', async () => {
    const outcome = await run({
      name: 'a',
      run: () => Promise.reject(new Error('token 123456789:abcdefghijklmnopqrstuvwxyzabcdefghi')),
    })
    expect(outcome).toMatchObject({ kind: 'threw', message: 'token <token>' })
  })

  it('refuses a result that cannot be sent, by its type', async () => {
    expect(await run({ name: 'a', run: () => 5 as never })).toMatchObject({
      kind: 'threw',
      message: 'Object of type number cannot be sent',
    })
  })

  it('is over when its signal is aborted, even if it does not listen', async () => {
    const abort = new AbortController()
    const outcome = run({ name: 'a', run: () => new Promise(() => {}) }, {}, abort.signal)
    abort.abort(new Error('timed out'))
    expect(await outcome).toEqual({ kind: 'aborted', message: 'timed out' })
  })
})
