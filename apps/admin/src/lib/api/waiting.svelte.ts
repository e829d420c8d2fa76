import { ApiError } from '@kamihi/contracts/client'
import { clock } from '../display/clock.svelte.ts'

/** How long the server has asked to wait after too many tries; counts down. */
export function createWaiting() {
  let until = $state(0)
  return {
    /** Milliseconds that are left; 0: go on. */
    get left(): number {
      return Math.max(0, until - clock.now)
    },
    /** Takes over what a refusal says; true when it asks to wait. */
    notice(refusal: unknown): boolean {
      if (!(refusal instanceof ApiError) || refusal.problem.code !== 'too_many_requests') return false
      const seconds = refusal.retryAfterSeconds
      if (seconds === null) return false
      until = clock.now + seconds * 1000
      return true
    },
  }
}
