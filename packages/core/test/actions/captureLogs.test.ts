import { describe, expect, it } from 'vitest'
import {
  type ActionContext,
  createLogger,
  defineAction,
  type LogLine,
  loadActions,
  runAction,
} from '../../src/index.ts'

const token = '123456789:abcdefghijklmnopqrstuvwxyzabcdefghi'
const telegram = {
  state: () => ({ state: 'connected' as const, detail: null, botUsername: null, isEmulator: true }),
  send: async () => ({ kind: 'withdrawn' as const }),
  reach: async () => ({ kind: 'reached' }),
  hasRoom: () => false,
  onCommand: () => undefined,
}

/** Runs an action and gives the lines that were kept, and those that reached standard output. */
async function run(
  work: (context: ActionContext) => unknown,
  signal = new AbortController().signal,
): Promise<{ kept: LogLine[]; printed: string[] }> {
  const kept: LogLine[] = []
  const printed: string[] = []
  const action = defineAction({
    name: 'a',
    run: async (context) => void (await work(context as ActionContext)),
  })
  const actions = await loadActions({ dir: null, actions: [action] })
  const sink = { write: (line: string) => void printed.push(line) }
  const logger = createLogger(
    {
      stdoutEnable: true,
      stdoutLevel: 'INFO',
      stdoutSerialize: false,
      stderrEnable: false,
      fileEnable: false,
    } as Parameters<typeof createLogger>[0],
    { stdout: sink, stderr: sink },
  )
  await runAction(
    { actions, logger, telegram },
    { action: 'a', user: null, users: [], args: {}, job: null, signal, onLog: (line) => kept.push(line) },
  )
  return { kept, printed }
}

describe('the lines of an action', () => {
  it('go where they always go, and are kept with their level and fields, those of child loggers too', async () => {
    const { kept, printed } = await run(({ logger }) => {
      logger.info('began')
      logger.child({ city: 'Paris' }).success({ degrees: 21 }, 'measured')
      logger.debug({ at: new Date(0) }, 'below the level of the sink')
    })
    expect(kept).toEqual([
      { level: 'info', message: 'began', fields: null },
      { level: 'success', message: 'measured', fields: { city: 'Paris', degrees: 21 } },
      { level: 'debug', message: 'below the level of the sink', fields: { at: '1970-01-01T00:00:00.000Z' } },
    ])
    expect(printed.map((line) => line.split('|')[2]?.trim())).toEqual([
      "began action='a'",
      "measured action='a' city='Paris' degrees=21",
    ])
  })

  it('keep no secrets, however they are written', async () => {
    const { kept } = await run(({ logger }) => {
      logger.info(`calling /bot${token}/getMe`)
      logger.warning(
        { password: 'hunter2', list: [{ url: `https://ana:hunter2@example.org/${token}` }] },
        'x',
      )
      logger.child({ token }).error(new Error(`with ${token}`), 'y')
      logger.info({ a: { b: { c: { d: { e: { f: { g: { password: 'hunter2' } } } } } } } }, 'deep')
    })
    expect(JSON.stringify(kept)).not.toMatch(/hunter2|abcdefghijklmnopqrstuvwxyz/)
    expect(kept.map(({ message }) => message)).toEqual(['calling /bot<token>/getMe', 'x', 'y', 'deep'])
    expect(kept[2]?.fields).toMatchObject({ token: '***', err: { message: 'with <token>' } })
  })

  it('are at most two hundred, and then it is said how many more there were', async () => {
    const { kept, printed } = await run(({ logger }) => {
      for (let n = 1; n <= 250; n += 1) logger.info(`line ${n}`)
    })
    expect(kept.slice(-2).map(({ message }) => message)).toEqual(['line 200', '50 more lines were left out'])
    expect(kept).toHaveLength(201)
    expect(printed).toHaveLength(250)
  })

  it('are of bounded length, and a secret is not kept because it was cut', async () => {
    const { kept } = await run(({ logger }) => {
      logger.info('😀'.repeat(5000))
      logger.info(`${'x'.repeat(1980)}${token}`)
      logger.info({ rows: Array.from({ length: 5000 }, (_, n) => `row "${n}"`) }, 'many')
    })
    expect(kept.map(({ message }) => message.length)).toEqual([1999, 1987, 4])
    expect(kept[0]?.message.endsWith('😀…')).toBe(true)
    expect(kept[1]?.message.endsWith('<token>')).toBe(true)
    expect(JSON.stringify(kept[2]?.fields).length).toBeLessThanOrEqual(4096)
    expect(kept[2]?.fields).toEqual({ cut: expect.stringMatching(/^\{"rows":\["row .*…$/) })
  })

  it('are kept whatever their fields are', async () => {
    const circle: Record<string, unknown> = { name: 'circle' }
    circle.self = circle
    const { kept } = await run(({ logger }) => {
      logger.info({ circle, big: 10n, work: () => 1 }, 'odd')
    })
    expect(kept[0]?.fields).toMatchObject({ circle: { name: 'circle', self: { name: 'circle' } }, big: '10' })
  })

  it('end with the stack of what it threw, after what was left out', async () => {
    const { kept } = await run(({ logger }) => {
      for (let n = 1; n <= 201; n += 1) logger.info(`line ${n}`)
      throw new Error(`no answer from /bot${token}`)
    })
    expect(kept.slice(-2)).toEqual([
      { level: 'info', message: '1 more line was left out', fields: null },
      {
        level: 'error',
        message: expect.stringMatching(/^Error: no answer from \/bot<token>\n\s+at .*captureLogs\.test\.ts/),
        fields: null,
      },
    ])
  })

  it('end when it is stopped, even if it goes on', async () => {
    const abort = new AbortController()
    let late: ActionContext['logger'] | undefined
    const running = run(({ logger }) => {
      late = logger
      logger.info('waiting')
      return new Promise(() => {})
    }, abort.signal)
    await new Promise((resolve) => setImmediate(resolve))
    abort.abort(new Error('The time was over.'))
    const { kept, printed } = await running
    late?.info('too late')
    expect(kept.map(({ message }) => message)).toEqual(['waiting', 'It was stopped: The time was over.'])
    expect(printed.at(-1)).toContain('too late')
  })
})
