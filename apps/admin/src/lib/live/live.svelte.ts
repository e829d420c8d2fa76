import { eventsPath, type LiveEvent } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'
import { createBatch } from '../api/batch.ts'
import { pause, withTimeout } from '../api/pause.ts'
import { keysOf, patchRun } from './liveKeys.ts'
import { createStreamParser } from './sse.ts'

const silenceMs = 35_000
const paintMs = 250
/** How far lists of what changes all the time may lag behind. */
const lagMs = 5_000
const staleMs = 10_000
const pollMs = 10_000
const hiddenMs = 30_000
/** Failures after which the page asks by itself instead of waiting for the stream. */
const patience = 3

/** `polling`: the stream does not get through, but the server answers when it is asked. */
export type LiveState = 'live' | 'reconnecting' | 'polling'

interface Options {
  queries: QueryClient
  onSignedOut: () => void
  /** Asks the server for anything at all; rejects when it does not answer. */
  ask: () => Promise<unknown>
}

/** The stream of changes: invalidates the queries that an event touches, so that whoever shows them asks again. */
export function createLive({ queries, onSignedOut, ask }: Options) {
  let state = $state<LiveState>('reconnecting')
  let isStale = $state(false)
  let lastHeard = $state(Date.now())
  let staleTimer: ReturnType<typeof setTimeout> | undefined
  let lastId: string | null = null
  let failures = 0
  const invalidate = (keys: (readonly unknown[])[]) => {
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
  }
  const mark = createBatch(paintMs, invalidate)
  const markLater = createBatch(lagMs, invalidate)

  function heard(as: 'live' | 'polling'): void {
    state = as
    lastHeard = Date.now()
    isStale = false
    clearTimeout(staleTimer)
    staleTimer = undefined
  }
  function lost(): void {
    state = 'reconnecting'
    staleTimer ??= setTimeout(() => (isStale = true), staleMs)
  }

  /** Reads until the stream ends or falls silent; a silent one is closed, so that it holds no connection. */
  async function read(outer: AbortSignal): Promise<void> {
    const own = new AbortController()
    const stop = () => own.abort()
    outer.addEventListener('abort', stop, { once: true })
    try {
      await readUntilSilent(own.signal)
    } finally {
      outer.removeEventListener('abort', stop)
      stop()
    }
  }

  async function readUntilSilent(signal: AbortSignal): Promise<void> {
    const headers: Record<string, string> = lastId ? { 'last-event-id': lastId } : {}
    const response = await withTimeout(fetch(eventsPath, { signal, headers }), silenceMs)
    if (response.status === 401) return onSignedOut()
    if (!response.ok || !response.body) throw new Error(`The stream answered ${response.status}.`)
    if (lastId === null && failures > 0) void queries.invalidateQueries()
    failures = 0
    heard('live')
    const parse = createStreamParser()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await withTimeout(reader.read(), silenceMs)
      if (done) return
      heard('live')
      for (const message of parse(value)) take(message)
    }
  }

  function take(message: { id: string | null; event: string; data: string }): void {
    lastId = message.id ?? lastId
    if (message.event === 'resync') return void queries.invalidateQueries()
    const event = JSON.parse(message.data) as LiveEvent
    if (event.type === 'run.changed') patchRun(queries, event)
    const { atOnce, later } = keysOf(event)
    mark(atOnce)
    markLater(later)
  }

  /** Waits until the stream is tried again; asks by itself when it failed too often. */
  async function wait(signal: AbortSignal): Promise<void> {
    if (failures < patience) return pause(backoff(failures), signal)
    const answers = await withTimeout(ask(), pollMs).then(
      () => true,
      () => false,
    )
    if (signal.aborted) return
    if (answers) {
      heard('polling')
      void queries.invalidateQueries()
    } else lost()
    await pause(answers ? pollMs : backoff(failures), signal)
  }

  async function follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await read(signal).catch(() => {})
      if (signal.aborted) return
      failures += 1
      if (state !== 'polling') lost()
      await wait(signal)
    }
  }

  /** One stream while the tab can be seen: a browser opens six connections to a host, and hidden tabs need none. */
  function start(): () => void {
    let abort = new AbortController()
    let hideTimer: ReturnType<typeof setTimeout> | undefined
    const onvisibilitychange = () => {
      clearTimeout(hideTimer)
      if (document.hidden) hideTimer = setTimeout(() => abort.abort(), hiddenMs)
      else if (abort.signal.aborted) {
        abort = new AbortController()
        void queries.invalidateQueries()
        void follow(abort.signal)
      }
    }
    document.addEventListener('visibilitychange', onvisibilitychange)
    void follow(abort.signal)
    return () => {
      document.removeEventListener('visibilitychange', onvisibilitychange)
      clearTimeout(hideTimer)
      clearTimeout(staleTimer)
      abort.abort()
    }
  }

  return {
    get state() {
      return state
    },
    /** True when nothing was heard for a while: what is shown may be old, so nothing may be done with it. */
    get isStale() {
      return isStale
    },
    /** When the server was heard last, as epoch ms. */
    get lastHeard() {
      return lastHeard
    },
    start,
  }
}

export type Live = ReturnType<typeof createLive>

/** 1, 2, 4 … 30 seconds, each a little shorter at random, so that many pages do not come back at once. */
const backoff = (failures: number): number =>
  Math.min(30_000, 1000 * 2 ** (failures - 1)) * (0.7 + Math.random() * 0.3)
