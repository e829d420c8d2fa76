/** Tells within this process that somebody may have lost access, so that what stays open looks again at once. */
export interface AccessChanges {
  /** Call it after accounts, sessions or tokens have changed. */
  announce(): void
  /** Returns its own undo. */
  on(listener: () => void): () => void
}

export function createAccessChanges(): AccessChanges {
  const listeners = new Set<() => void>()
  return {
    announce() {
      for (const listener of listeners) listener()
    },
    on(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
