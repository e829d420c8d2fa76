import { QueryClient } from '@tanstack/svelte-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLive } from '../../../src/lib/live/live.svelte.ts'

let queries: QueryClient
let stop: () => void
let open: AbortSignal[]
/** How the server answers the stream: with a stream that stays open, or not at all. */
let streams: boolean
let answers: boolean
let asked: number
let onVisibility: () => void
let send: (text: string) => void
const page = {
  hidden: false,
  addEventListener: (_: string, listener: () => void) => (onVisibility = listener),
  removeEventListener: () => {},
}

async function fetchStream(_: string, { signal }: { signal: AbortSignal }): Promise<Response> {
  if (!streams) throw new TypeError('refused')
  open.push(signal)
  const body = new ReadableStream({
    start(controller) {
      send = (text) => controller.enqueue(new TextEncoder().encode(text))
      send(': hello\n\n')
      signal.addEventListener('abort', () => controller.error(new Error('closed')))
    },
  })
  return new Response(body)
}
const isOpen = () => open.some((signal) => !signal.aborted)

function start() {
  const live = createLive({
    queries,
    onSignedOut: () => {},
    ask: async () => {
      asked += 1
      if (!answers) throw new Error('away')
    },
  })
  stop = live.start()
  return live
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', fetchStream)
  vi.stubGlobal('document', page)
  queries = new QueryClient()
  open = []
  asked = 0
  streams = true
  answers = true
  page.hidden = false
})
afterEach(() => {
  stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('the stream of changes', () => {
  it('is live as soon as the server answers', async () => {
    const live = start()
    await vi.advanceTimersByTimeAsync(10)
    expect([live.state, live.isStale]).toEqual(['live', false])
  })

  it('makes what is shown stale after ten seconds without an answer, and fresh when it is back', async () => {
    streams = false
    answers = false
    const live = start()
    await vi.advanceTimersByTimeAsync(9_900)
    expect([live.state, live.isStale]).toEqual(['reconnecting', false])
    await vi.advanceTimersByTimeAsync(200)
    expect(live.isStale).toBe(true)
    streams = true
    await vi.advanceTimersByTimeAsync(60_000)
    expect([live.state, live.isStale]).toEqual(['live', false])
  })

  it('asks every ten seconds by itself where only the stream does not get through', async () => {
    streams = false
    const live = start()
    await vi.advanceTimersByTimeAsync(9_000)
    expect([live.state, live.isStale]).toEqual(['polling', false])
    const before = asked
    const invalidate = vi.spyOn(queries, 'invalidateQueries')
    await vi.advanceTimersByTimeAsync(20_500)
    expect(asked - before).toBe(2)
    expect(invalidate).toHaveBeenCalledTimes(2)
    expect(live.isStale).toBe(false)
  })

  it('tells the lists of a run that goes on every few seconds, however often it changes', async () => {
    start()
    await vi.advanceTimersByTimeAsync(10)
    const invalidate = vi.spyOn(queries, 'invalidateQueries')
    const told = (...queryKey: string[]) =>
      invalidate.mock.calls.filter(([asked]) => asked?.queryKey?.join() === queryKey.join()).length
    const counts = { total: 9, sent: 1 }
    const run = { type: 'run.changed', runId: 'r', jobId: 'j', state: 'running', counts, progress: null }
    for (let times = 0; times < 30; times += 1) {
      send(`id: ${times}\nevent: run.changed\ndata: ${JSON.stringify(run)}\n\n`)
      await vi.advanceTimersByTimeAsync(250)
    }
    expect(told('runs', 'one', 'r')).toBeGreaterThan(10)
    expect([told('runs', 'list'), told('jobs', 'one', 'j'), told('jobs')]).toEqual([1, 1, 0])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(told('runs', 'list')).toBe(2)
  })

  it('is closed while it is silent for long, and opened again', async () => {
    start()
    await vi.advanceTimersByTimeAsync(40_000)
    expect(open).toHaveLength(2)
    expect(open[0]?.aborted).toBe(true)
    expect(open[1]?.aborted).toBe(false)
  })

  it('is closed when the tab was hidden for half a minute, and everything is asked for again on return', async () => {
    start()
    await vi.advanceTimersByTimeAsync(10)
    page.hidden = true
    onVisibility()
    await vi.advanceTimersByTimeAsync(29_000)
    expect(isOpen()).toBe(true)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(isOpen()).toBe(false)
    const invalidate = vi.spyOn(queries, 'invalidateQueries')
    page.hidden = false
    onVisibility()
    await vi.advanceTimersByTimeAsync(10)
    expect(isOpen()).toBe(true)
    expect(invalidate).toHaveBeenCalledWith()
  })

  it('stays open when the tab is hidden for a moment only', async () => {
    start()
    await vi.advanceTimersByTimeAsync(10)
    page.hidden = true
    onVisibility()
    await vi.advanceTimersByTimeAsync(5_000)
    page.hidden = false
    onVisibility()
    await vi.advanceTimersByTimeAsync(26_000)
    expect(open).toHaveLength(1)
    expect(isOpen()).toBe(true)
  })
})
