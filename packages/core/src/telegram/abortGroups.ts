/** Items that leave when a signal is aborted. One listener for each signal: adding and removing one is a search through all. */
export interface AbortGroups<T> {
  add(signal: AbortSignal, item: T, onAbort: () => void): void
  /** It has left by itself. */
  forget(item: T): void
}

interface Group<T> {
  items: Map<T, () => void>
  stopListening(): void
}

export function createAbortGroups<T>(): AbortGroups<T> {
  const groups = new Map<AbortSignal, Group<T>>()
  const signals = new Map<T, AbortSignal>()
  const listen = (signal: AbortSignal): Group<T> => {
    const items = new Map<T, () => void>()
    const abort = (): void => {
      for (const onAbort of [...items.values()]) onAbort()
    }
    signal.addEventListener('abort', abort)
    const group = { items, stopListening: () => signal.removeEventListener('abort', abort) }
    groups.set(signal, group)
    return group
  }
  return {
    add(signal, item, onAbort) {
      const group = groups.get(signal) ?? listen(signal)
      group.items.set(item, onAbort)
      signals.set(item, signal)
    },
    forget(item) {
      const signal = signals.get(item)
      const group = signal && groups.get(signal)
      signals.delete(item)
      if (!signal || !group) return
      group.items.delete(item)
      if (group.items.size > 0) return
      group.stopListening()
      groups.delete(signal)
    },
  }
}
