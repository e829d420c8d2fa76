import type { Store } from '@kamihi/store'
import type { Clock } from './clock.ts'
import { repeat } from './repeat.ts'

const leaseMs = 15_000
const renewMs = 5000

/** A named lease that is held as long as it can be: of several processes one does the work, another takes over when it dies. */
export interface HeldLease {
  isHeld(): boolean
  /** Tries to get it now, and from then on again and again; true when it is held. */
  ensure(): Promise<boolean>
  release(): Promise<void>
}

export function holdLease(leases: Store['leases'], name: string, worker: string, clock: Clock): HeldLease {
  let heldUntil = 0
  let stopped = false
  const isHeld = () => !stopped && clock.now() < heldUntil
  const acquire = async (): Promise<boolean> => {
    if (stopped) return false
    const now = clock.now()
    const got = await leases.acquire(name, { worker, until: now + leaseMs }, now).catch(() => false)
    heldUntil = got ? now + leaseMs : Math.min(heldUntil, now)
    return isHeld()
  }
  const renewal = repeat(clock, renewMs, acquire, () => {})
  let renewing = false
  return {
    isHeld,
    async ensure() {
      if (!renewing) renewal.start()
      renewing = true
      return isHeld() || acquire()
    },
    async release() {
      stopped = true
      renewal.stop()
      await leases.release(name, worker)
    },
  }
}
