import { eventsPath, type LiveEvent } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'
import { createBatch } from './batch.ts'
import { keysOf, patchRun } from './liveKeys.ts'
import { createStreamParser } from './sse.ts'

const silenceMs = 35_000
const paintMs = 250

export type LiveState = 'live' | 'connecting' | 'stale'

/** The stream of changes: marks what changed as old, so that whoever shows it asks again. */
export function createLive(queries: QueryClient, onSignedOut: () => void) {
  let state = $state<LiveState>('connecting')
  let lastHeard = $state(Date.now())
  let lastId: string | null = null
  let attempt = 0
  let abort = new AbortController()
  const mark = createBatch(paintMs, (keys) => {
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
  })

  const heard = () => {
    state = 'live'
    lastHeard = Date.now()
    attempt = 0
  }

  async function read(): Promise<void> {
    const response = await fetch(eventsPath, {
      signal: abort.signal,
      headers: lastId ? { 'last-event-id': lastId } : {},
    })
    if (response.status === 401) return onSignedOut()
    if (!response.ok || !response.body) throw new Error(`The stream answered ${response.status}.`)
    if (lastId === null && attempt > 0) void queries.invalidateQueries()
    heard()
    const parse = createStreamParser()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await withTimeout(reader.read(), silenceMs)
      if (done) return
      heard()
      for (const message of parse(value)) take(message)
    }
  }

  function take(message: { id: string | null; event: string; data: string }): void {
    lastId = message.id ?? lastId
    if (message.event === 'resync') return void queries.invalidateQueries()
    const event = JSON.parse(message.data) as LiveEvent
    if (event.type === 'run.changed') patchRun(queries, event)
    mark(keysOf(event))
  }

  async function follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await read().catch(() => {})
      if (signal.aborted) return
      attempt += 1
      state = attempt > 2 ? 'stale' : 'connecting'
      await pause(Math.min(30_000, 1000 * 2 ** (attempt - 1)) * (0.7 + Math.random() * 0.3), signal)
    }
  }

  return {
    get state() {
      return state
    },
    /** When the server was heard last, as epoch ms. */
    get lastHeard() {
      return lastHeard
    },
    start() {
      abort = new AbortController()
      void follow(abort.signal)
      return () => abort.abort()
    },
  }
}

export type Live = ReturnType<typeof createLive>

function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The stream fell silent.')), ms)
  })
  return Promise.race([work, silent]).finally(() => clearTimeout(timer))
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
