/** Gathers keys and hands them over together, at most once in `ms`. */
export function createBatch(ms: number, flush: (keys: (readonly unknown[])[]) => void) {
  const waiting = new Map<string, readonly unknown[]>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function hand(): void {
    timer = undefined
    const keys = [...waiting.values()]
    waiting.clear()
    flush(keys)
  }

  return (keys: readonly (readonly unknown[])[]): void => {
    if (keys.length === 0) return
    for (const key of keys) waiting.set(JSON.stringify(key), key)
    if (timer === undefined) timer = setTimeout(hand, ms)
  }
}
