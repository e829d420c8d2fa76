import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect } from 'vitest'
import { createEmulator, type Emulator, type EmulatorControl } from '../../src/index.ts'
import type { Bot, Driver, Kind, Refusal, Run } from './driver.ts'

export const ana = 7
export const luis = 8
export const wrongToken = `1:${'x'.repeat(35)}`

/** Looks more often than `expect.poll` does by itself: what it waits for here is there in a moment. */
export const soon = <T>(look: () => T) => expect.poll(look, { interval: 5 })

/** What each test begins with: an emulator without flood limits, two people, and a bot that does not run yet. */
export interface Stage {
  emulator: Emulator
  control: EmulatorControl
  bot: Bot
  /** Another bot, with the same token unless told otherwise. */
  another(token?: string): Bot
  /** Starts long polling, and waits until the bot polls; ended after the test. */
  start(bot?: Bot, allowed?: Kind[]): Promise<Run>
  /** Puts a listener on a server of its own, which is closed after the test. */
  serve(listener: RequestListener): Promise<Served>
  /** What the library's own error says; fails when the call does not reject with one. */
  refusal(call: Promise<unknown>): Promise<Refusal>
  /** Updates that the bot has not confirmed. */
  pending(): Promise<number>
}

export interface Served {
  url: string
  /** Requests so far. */
  requests(): number
  /** The next requests are answered with these statuses, and do not reach the listener. */
  failNext(...statuses: number[]): void
}

/** Sets the stage before each test and clears it afterwards. */
export function useStage(driver: Driver): Stage {
  const stage = {} as Stage
  const ends: (() => Promise<unknown>)[] = []
  beforeEach(async () => {
    const emulator = await createEmulator({ port: 0, limits: false })
    const { control } = emulator
    await control.addUser({ id: ana, firstName: 'Ana', username: 'ana_p' })
    await control.addUser({ id: luis, firstName: 'Luis' })
    const another = (token = emulator.token) => driver.createBot({ url: emulator.url, token })
    const pending = async () => (await control.save()).updates.updates.length
    Object.assign(stage, {
      emulator,
      control,
      bot: another(),
      another,
      pending,
      async start(bot = stage.bot, allowed?: Kind[]) {
        const run = bot.startPolling(allowed)
        ends.push(() => run.stop())
        await knock(control)
        await soon(pending).toBe(0)
        return run
      },
      async serve(listener: RequestListener) {
        const served = await serve(listener)
        ends.push(served.close)
        return served
      },
      refusal: (call: Promise<unknown>) => refusalOf(driver, call),
    } satisfies Stage)
  })
  afterEach(async () => {
    await Promise.allSettled(ends.splice(0).map((end) => end()))
    await stage.emulator.close()
  })
  return stage
}

const knocker = 1_000_001

/** An update that no bot of the suite answers. When it is confirmed, the bot asks for the next ones. */
async function knock(control: EmulatorControl): Promise<void> {
  await control.addUser({ id: knocker, firstName: 'Knocker' })
  await control.block(knocker)
}

async function refusalOf(driver: Driver, call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  )
  const refusal = driver.refusalOf(error)
  if (!refusal) throw error
  return refusal
}

async function serve(listener: RequestListener) {
  let requests = 0
  const failures: number[] = []
  const server = createServer(async (request, response) => {
    requests += 1
    const failure = failures.shift()
    if (failure !== undefined) return response.writeHead(failure).end()
    try {
      await listener(request, response)
    } catch {
      response.writeHead(500).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    requests: () => requests,
    failNext: (...statuses: number[]) => void failures.push(...statuses),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
