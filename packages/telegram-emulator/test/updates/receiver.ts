import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createClock } from '../../src/clock.ts'
import { createUpdateQueue } from '../../src/updates/updateQueue.ts'
import { createWebhook, type WebhookOptions } from '../../src/updates/webhook.ts'

/** Hands over values one by one, to whoever waits for the next. */
export function createChannel<T>() {
  const values: T[] = []
  const takers: ((value: T) => void)[] = []
  return {
    put(value: T) {
      const taker = takers.shift()
      if (taker) taker(value)
      else values.push(value)
    },
    next: () =>
      values.length > 0
        ? Promise.resolve(values.shift() as T)
        : new Promise<T>((resolve) => takers.push(resolve)),
    waiting: () => values.length,
  }
}

export interface Received {
  id: number
  update: Record<string, unknown>
  path: string
  headers: IncomingHttpHeaders
  answer(status?: number, body?: string, headers?: Record<string, string>): void
  hangUp(): void
}

/** A bot's own server. Each request waits to be answered by the test. */
export async function startReceiver() {
  const requests = createChannel<Received>()
  let open = 0
  let mostOpen = 0
  const server = createServer((request, response) => {
    open += 1
    mostOpen = Math.max(mostOpen, open)
    response.on('close', () => {
      open -= 1
    })
    void receive(request, response).then(requests.put)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `http://${host}/hook`,
    next: requests.next,
    waiting: requests.waiting,
    mostOpen: () => mostOpen,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<Received> {
  const update = JSON.parse(await text(request))
  return {
    id: update.update_id,
    update,
    path: `${request.method} ${request.url}`,
    headers: request.headers,
    answer(status = 200, body = '', headers = {}) {
      response.writeHead(status, headers).end(body)
    },
    hangUp() {
      response.destroy()
    },
  }
}

/** A webhook whose steps a test can wait for: no sleeping, and time stands still unless it is moved. */
export function setupWebhook(options: Partial<WebhookOptions> = {}) {
  const clock = createClock(() => 1_700_000_000_000)
  const waits = createChannel<number>()
  const queue = createUpdateQueue(clock.now, 1)
  const removals = createChannel<number>()
  const calls = createChannel<[method: string, params: Record<string, unknown>]>()
  const conflicts: string[] = []
  const webhook = createWebhook({
    queue: {
      ...queue,
      remove(id) {
        queue.remove(id)
        removals.put(id)
      },
    },
    clock: {
      ...clock,
      at(time, callback) {
        waits.put((time - clock.now()) / 1000)
        return clock.at(time, callback)
      },
    },
    endPolling: (error) => conflicts.push(error.message),
    answerCall: async (method, params) => calls.put([method, params]),
    random: () => 0,
    ...options,
  })
  return {
    clock,
    queue,
    webhook,
    conflicts,
    /** Seconds until the next retry, once a failure has been dealt with. */
    nextWait: waits.next,
    /** The next update that is done with. */
    nextRemoval: removals.next,
    nextCall: calls.next,
    message: (chat = 1) => queue.add({ message: { chat: { id: chat } } }),
  }
}
