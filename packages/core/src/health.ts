import { type Store, StoreError } from '@kamihi/store'
import type { Clock } from './clock.ts'
import { keepJournalSmall } from './health/journal.ts'
import { createRoom, type Room } from './health/room.ts'
import { afterFailure, explanations, type HealthStatus, isFatal } from './health/status.ts'
import type { Logger } from './logger.ts'
import { repeat } from './repeat.ts'

/** Whether what the bot does can be recorded. What cannot be recorded is not done. */
export interface Health extends Pick<Room, 'whenFull'> {
  status(): HealthStatus
  /** While it is false nothing new is begun and nothing is sent. */
  isWritable(): boolean
  /** Called with each new status; returns its own undo. */
  onChange(listener: (status: HealthStatus) => void): () => void
  /** Resolves when the database is lost or damaged: the bot has to be stopped, and does nothing more until then. */
  readonly fatal: Promise<StoreError>
}

export interface HealthPart extends Health {
  start(): void
  /** Resolves when nothing more is done to the file; what tries to write to it ends by itself. */
  stop(): Promise<void>
}

export interface HealthOptions {
  store: Store
  clock: Clock
  logger: Logger
  /** Tells the people who run the bot; never rejects. */
  tell(status: HealthStatus): Promise<void>
}

/** How often a write is tried while the database cannot be written. */
const probeMs = 15_000
/** How often the file is looked at. */
const lookMs = 10_000

/** Watches over the database of a running bot: notices that it cannot be written, or is gone, and when it can be written again. */
export function createHealth(options: HealthOptions): HealthPart {
  const { store, clock, logger } = options
  const report = (message: string) => (error: unknown) => logger.warning({ err: error }, message)
  const listeners = new Set<(status: HealthStatus) => void>()
  const room = createRoom(store.file, report('No room could be made on the disk of the database'))
  const journal = keepJournalSmall(store.file, clock)
  let status: HealthStatus = { state: 'ok' }
  let resolveFatal: (failure: StoreError) => void
  const fatal = new Promise<StoreError>((resolve) => {
    resolveFatal = resolve
  })

  const become = (next: HealthStatus): void => {
    status = next
    for (const listener of listeners) listener(next)
  }
  const onFailure = (failure: StoreError): void => {
    const next = afterFailure(status, failure, clock.now())
    if (next === status || next.state === 'ok') return
    become(next)
    if (isFatal(next.reason)) return void giveUp(options, next, failure).then(() => resolveFatal(failure))
    const { reason, message: detail } = next
    logger.critical({ reason, detail }, `${explanations[reason]} Jobs wait and nothing is sent`)
    void options.tell(next)
    if (reason === 'full') void room.make()
  }
  const tryAgain = async (): Promise<void> => {
    if (status.state === 'ok' || isFatal(status.reason)) return
    if (status.reason === 'full' && !(await room.make())) return
    await store.file.probe()
    become({ state: 'ok' })
    logger.success('The database can be written again')
    void options.tell(status)
  }
  const look = async (): Promise<void> => {
    if (status.state === 'degraded' && isFatal(status.reason)) return
    const loss = await lossOf(store)
    if (loss) return onFailure(loss)
    if (status.state === 'degraded') return
    await journal.tend()
    await store.file.makeReserve()
  }
  // Each try that fails is one more failure that is known already.
  const probing = repeat(clock, probeMs, tryAgain, () => {})
  const looking = repeat(clock, lookMs, look, report('The file of the database could not be looked at'))
  const stopListening = store.file.onFailure(onFailure)

  return {
    status: () => status,
    isWritable: () => status.state === 'ok',
    fatal,
    whenFull: room.whenFull,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start() {
      probing.start()
      looking.start()
    },
    stop() {
      stopListening()
      void probing.stop()
      return looking.stop()
    },
  }
}

/** Says so, and lets nothing more be written: to a file that nobody would find, or to one that would be damaged further. */
async function giveUp(
  { store, logger, tell }: HealthOptions,
  status: HealthStatus,
  failure: StoreError,
): Promise<void> {
  logger.critical({ err: failure }, 'The database is lost or damaged; the bot stops')
  await tell(status)
  store.file.seal(failure)
}

const fates = { vanished: 'removed', replaced: 'replaced', truncated: 'cut off' } as const

/** The failure that a file which is no longer the one that was opened amounts to, or null. */
async function lossOf({ file, info }: Store): Promise<StoreError | null> {
  const whereabouts = await file.whereabouts()
  if (whereabouts === 'same') return null
  const path = await info().then(
    (known) => known.path,
    () => 'The database',
  )
  const hint = await file.restoreHint()
  return new StoreError('vanished', `${path} was ${fates[whereabouts]} while the bot was running. ${hint}`)
}
