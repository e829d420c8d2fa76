import type { TelegramState } from '@kamihi/contracts'
import { type Faults, type Store, StoreError } from '@kamihi/store'
import { TelegramError } from 'telegraf'
import type { Update } from 'telegraf/types'
import type { Clock } from '../clock.ts'
import { holdLease } from '../lease.ts'
import type { Logger } from '../logger.ts'
import { redact } from '../redact.ts'
import type { KamihiTelegram } from './client.ts'
import type { StoredUpdate } from './handler.ts'

export interface PollerOptions {
  client: KamihiTelegram
  store: Store
  clock: Clock
  logger: Logger
  worker: string
  random: () => number
  /** False while updates could not be stored: Telegram keeps them. */
  canStore(): boolean
  faults: Faults
  accept(stored: StoredUpdate): void
  onState(state: TelegramState, detail: string | null): void
  onIdentity(username: string): void
  /** Telegram answered the request for updates, with so many. */
  onAnswer(updates: number): void
}

export interface Poller {
  start(): void
  /** Fetches nothing more; no other process does either until it is released. */
  stop(): Promise<void>
  release(): Promise<void>
}

const pollSeconds = 25
const allowedUpdates = ['message', 'callback_query', 'my_chat_member'] as const
const unauthorizedPauseMs = 5 * 60_000

/** Fetches updates for as long as it holds the poller's lease. Telegram being down, busy or taken never ends it. */
export function createPoller(options: PollerOptions): Poller {
  const { clock, store, worker } = options
  const stopping = new AbortController()
  const lease = holdLease(store.leases, 'poller', worker, clock)
  let loop: Promise<void> = Promise.resolve()
  return {
    start() {
      loop = pollUntilStopped(options, stopping.signal, () => lease.ensure())
    },
    async stop() {
      stopping.abort()
      await loop
    },
    release: () => lease.release(),
  }
}

async function pollUntilStopped(
  options: PollerOptions,
  signal: AbortSignal,
  holdsLease: () => Promise<boolean>,
): Promise<void> {
  const { clock } = options
  let offset = 0
  let failures = 0
  let prepared = false
  while (!signal.aborted) {
    if (!options.canStore() || !(await holdsLease())) {
      prepared = false
      await clock.sleep(1000, signal)
      continue
    }
    try {
      if (!prepared) await prepare(options)
      prepared = true
      offset = await pollOnce(options, offset, signal)
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      await clock.sleep(reportFailure(options, error, failures), signal)
    }
  }
}

/** Polling and a webhook exclude each other; what was stored and not handled when the process ended comes first. */
async function prepare({ client, store, accept, onState, onIdentity }: PollerOptions): Promise<void> {
  onIdentity((await client.callApi('getMe', {})).username)
  await client.callApi('deleteWebhook', { drop_pending_updates: false })
  onState('connected', null)
  for (const { payload, begun } of await store.updates.unhandled())
    accept({ update: payload as Update, begun })
}

/** Updates are stored before the offset tells Telegram that they arrived. */
async function pollOnce(
  { client, store, clock, faults, accept, onState, onAnswer }: PollerOptions,
  offset: number,
  signal: AbortSignal,
): Promise<number> {
  const params = { offset, timeout: pollSeconds, limit: 100, allowed_updates: allowedUpdates }
  // A connection that is half open would wait for ever.
  const limit = AbortSignal.any([signal, AbortSignal.timeout((pollSeconds + 10) * 1000)]) as never
  const updates = await client.callApi('getUpdates', params, { signal: limit })
  onState('connected', null)
  onAnswer(updates.length)
  if (updates.length > 0) faults.at('updates.fetched')
  const fresh = await store.updates.receive(
    updates.map((update) => ({ updateId: update.update_id, payload: update })),
    clock.now(),
  )
  if (fresh.length > 0) faults.at('updates.stored')
  for (const { payload } of fresh) accept({ update: payload as Update, begun: false })
  return Math.max(offset, ...updates.map((update) => update.update_id + 1))
}

/** Milliseconds to wait before the next try. */
function reportFailure({ logger, onState, random }: PollerOptions, error: unknown, failures: number): number {
  const code = error instanceof TelegramError ? error.code : null
  const detail = redact(error instanceof Error ? error.message : String(error))
  const backoff = Math.min(60_000, 1000 * 2 ** Math.min(failures, 6)) * (0.5 + random() / 2)
  if (error instanceof StoreError) {
    // Telegram did nothing wrong, and gives the updates again.
    logger.error({ err: error }, 'Updates could not be stored')
    return backoff
  }
  if (code === 401) {
    onState('unauthorized', 'Telegram does not know this token. Set another one and start again.')
    logger.error('Telegram refused the token: 401 Unauthorized')
    return unauthorizedPauseMs
  }
  if (code === 409)
    onState('conflict', 'Another program polls with this token. Stop it; this one goes on by itself.')
  else onState('unreachable', detail)
  if (failures === 1 || failures % 10 === 0)
    logger.warning(
      { detail, failures },
      code === 409 ? 'Another program polls with this token' : 'Telegram cannot be reached',
    )
  if (code === 429 && error instanceof TelegramError) return (error.parameters?.retry_after ?? 1) * 1000
  return backoff
}
