import type { LiveEvent } from '@kamihi/contracts'
import type { Events } from './kamihi.types.ts'

/** Tells listeners in this process what changed. A listener that throws does not keep the others from hearing. */
export function createEvents(onError: (error: unknown) => void = () => {}): Events {
  const listeners = new Set<(event: LiveEvent) => void>()
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          onError(error)
        }
      }
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
