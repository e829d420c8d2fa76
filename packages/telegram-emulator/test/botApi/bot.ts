import type { APIMethodReturn, APIMethods, TelegramUpdate } from '@gramio/types'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import {
  createEmulator,
  type Emulator,
  type EmulatorControl,
  type EmulatorOptions,
  type RecordedCall,
} from '../../src/index.ts'

export interface Answer<Result = unknown> {
  status: number
  headers: Headers
  body: {
    ok: boolean
    result?: Result
    error_code?: number
    description?: string
    parameters?: Record<string, unknown>
  }
}

/** A file of a form: its name and its bytes. */
export type Files = Record<string, [name: string, bytes: Uint8Array]>

type ResultOf<M extends string> = M extends keyof APIMethods ? APIMethodReturn<M> : unknown

/** Epoch seconds at which every test begins; time stands still until it is moved. */
export const begin = Date.UTC(2026, 10, 24, 8) / 1000

export const ana = 7
export const luis = 8
export const mei = 9
/** Everything a bot can ask for. */
export const everyKind = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'inline_query',
  'callback_query',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'message_reaction',
]

/** An emulator with Ana and Luis in it, and a bot that calls it: a new one for each test, or one for all. */
export function setupBot(options: EmulatorOptions = {}, every: 'test' | 'file' = 'test') {
  const [before, after] = every === 'test' ? [beforeEach, afterEach] : [beforeAll, afterAll]
  let emulator: Emulator
  let offset = 0
  before(async () => {
    offset = 0
    emulator = await createEmulator({ port: 0, now: () => begin * 1000, limits: false, ...options })
    await emulator.control.addUser({ id: ana, firstName: 'Ana', username: 'ana_g', languageCode: 'es' })
    await emulator.control.addUser({ id: luis, firstName: 'Luis', lastName: 'Gil' })
  })
  after(() => emulator.close())

  const addressOf = (method: string) => `${emulator.url}/bot${emulator.token}/${method}`

  async function call<M extends string>(
    method: M,
    params: Record<string, unknown> = {},
    files?: Files,
  ): Promise<Answer<ResultOf<M>>> {
    const response = await fetch(addressOf(method), {
      method: 'POST',
      ...(files ? { body: formOf(params, files) } : jsonOf(params)),
    })
    const body = (await response.json()) as Answer<ResultOf<M>>['body']
    return { status: response.status, headers: response.headers, body }
  }

  /** The result, of a call that must succeed. */
  async function ok<M extends string>(
    method: M,
    params?: Record<string, unknown>,
    files?: Files,
  ): Promise<ResultOf<M>> {
    const { body } = await call(method, params, files)
    if (!body.ok) throw new Error(`${method}: ${body.description}`)
    return body.result as ResultOf<M>
  }

  return {
    call,
    ok,
    addressOf,
    /** What is said of a call that must be refused. */
    async refusal(method: string, params?: Record<string, unknown>, files?: Files): Promise<string> {
      const { body } = await call(method, params, files)
      return body.description ?? `${method} was not refused`
    },
    /** Updates that have come since the last time. */
    async updates(): Promise<TelegramUpdate[]> {
      const updates = await ok('getUpdates', { offset })
      offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
      return updates
    },
    async askFor(kinds: string[]): Promise<void> {
      await ok('getUpdates', { allowed_updates: kinds })
    },
    async lastCall(): Promise<RecordedCall | undefined> {
      return (await emulator.control.calls()).at(-1)
    },
    get control(): EmulatorControl {
      return emulator.control
    },
    get emulator(): Emulator {
      return emulator
    },
  }
}

export type TestBot = ReturnType<typeof setupBot>

/** The kind of an update. */
export const kindOf = (update: object): string =>
  Object.keys(update).find((key) => key !== 'update_id') as string

const jsonOf = (params: object) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(params),
})

export function formOf(params: Record<string, unknown>, files: Files = {}): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(params))
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  for (const [part, [name, bytes]] of Object.entries(files))
    form.set(part, new Blob([Buffer.from(bytes)]), name)
  return form
}
