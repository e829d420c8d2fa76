import { tellFailure } from '../display/toasts.svelte.ts'
import { explain } from './api.ts'

/** Work that a button starts: busy while it lasts, and a failure is told where it cannot be overlooked. */
export function createWork() {
  let busy = $state(false)
  return {
    get busy() {
      return busy
    },
    async run(work: () => Promise<unknown>): Promise<void> {
      if (busy) return
      busy = true
      try {
        await work()
      } catch (error) {
        const { title, detail } = explain(error)
        tellFailure(title, detail)
      }
      busy = false
    },
  }
}
