import { type Kamihi, repeat } from '@kamihi/core'
import { type ClaimedWebhook, isTerminalRun } from '@kamihi/store'
import { decideTry } from './attempts.ts'
import { signatureHeader, signatureOf } from './signature.ts'
import { httpTransport, type WebhookTransport } from './transport.ts'

/** Tells the addresses of `webhooks` of runs that ended. */
export interface Webhooks {
  start(): void
  stop(): Promise<void>
}

export interface WebhooksOptions {
  kamihi: Pick<Kamihi, 'config' | 'store' | 'clock' | 'logger' | 'events'>
  /** Names this process in leases. */
  worker: string
  /** One process does it: the one whose scheduler is at work. */
  isLeader: () => boolean
  transport?: WebhookTransport
}

const lookMs = 5000
/** A run may be committed a little after the time that it says it ended: so much is looked through again. */
const overlapMs = 60_000
const leaseMs = 60_000
const atOnce = 10
const keptMs = 30 * 24 * 3_600_000
/** Up to where the runs that ended have been looked through. */
const cursorKey = 'webhooks.cursor'

/**
 * Each request is in the database before it is made, and so is how far the runs have been looked through: what a process leaves that
 * dies is made by the next one. A request may be made twice, with the same id.
 */
export function createWebhooks({
  kamihi,
  worker,
  isLeader,
  transport = httpTransport,
}: WebhooksOptions): Webhooks {
  const { config, store, clock, logger, events } = kamihi
  const targets = config.webhooks
  const stopping = new AbortController()
  let working: Promise<void> = Promise.resolve()
  let stopListening = () => {}

  const report = (error: unknown): void => {
    if (!stopping.signal.aborted)
      logger.warning({ err: error }, 'Webhooks could not be sent; it is tried again')
  }
  const attempt = async (request: ClaimedWebhook): Promise<void> => {
    const { id, url, attempts } = request
    const secret = targets.find((target) => target.url === url)?.secret
    const outcome =
      secret === undefined
        ? null
        : await transport({ url, ...requestOf(request, secret, clock.now()), signal: stopping.signal })
    if (stopping.signal.aborted) return
    const decision = outcome ? decideTry(outcome, attempts, clock.now()) : unknownAddress
    const status = outcome?.kind === 'answered' ? outcome.status : null
    await store.webhooks.settle({ id, worker, status, ...decision }, clock.now())
    if (decision.kind === 'given_up')
      logger.error({ url, tries: attempts + 1, detail: decision.error }, 'A webhook was given up')
  }
  const work = async (): Promise<void> => {
    if (!isLeader() || stopping.signal.aborted) return
    await lookThrough(kamihi)
    const lease = { worker, until: clock.now() + leaseMs }
    const claimed = await store.webhooks.claim(lease, atOnce, clock.now())
    await Promise.all(claimed.map(attempt))
    if (claimed.length === atOnce) await work()
  }
  /** One after the other: what is asked for meanwhile is done by the one that follows. */
  const workOnce = (): Promise<void> => {
    working = working.then(work).catch(report)
    return working
  }
  const looking = repeat(clock, lookMs, workOnce, () => {})
  return {
    start() {
      working = beginAt(kamihi).catch(report)
      if (targets.length === 0) return
      stopListening = events.on((event) => {
        if (event.type === 'run.changed' && isTerminalRun(event.state)) void workOnce()
      })
      looking.start()
    },
    async stop() {
      looking.stop()
      stopListening()
      stopping.abort()
      await working
    },
  }
}

const unknownAddress = {
  kind: 'given_up' as const,
  error: 'The address is not in the configuration any more.',
}

function requestOf({ body }: ClaimedWebhook, secret: string, now: number) {
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Kamihi',
    'x-kamihi-event': body.event,
    'x-kamihi-delivery': body.id,
    [signatureHeader]: signatureOf(text, secret, now),
  }
  return { headers, body: text }
}

type Bot = Pick<Kamihi, 'config' | 'store' | 'clock'>

/** What ended while no webhook was set up is nobody's business. */
async function beginAt({ store, clock, config }: Bot): Promise<void> {
  const known = (await store.settings.get(cursorKey)) ?? ''
  if (config.webhooks.length === 0 && known !== '') await store.settings.set(cursorKey, '')
  if (config.webhooks.length > 0 && known === '') await store.settings.set(cursorKey, String(clock.now()))
}

/** Writes the requests for the runs that ended since the last look, and now and then forgets those of long ago. */
async function lookThrough({ store, clock, config }: Bot): Promise<void> {
  const now = clock.now()
  const cursor = Number((await store.settings.get(cursorKey)) || now)
  await store.webhooks.enqueueFinished({ since: cursor, targets: config.webhooks, now })
  if (now - cursor < 2 * overlapMs) return
  await store.settings.set(cursorKey, String(now - overlapMs))
  await store.webhooks.prune(now - keptMs, 1000)
}
