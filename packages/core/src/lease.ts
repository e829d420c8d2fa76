import type { Store } from '@kamihi/store'
import type { Clock } from './clock.ts'
import { repeat } from './repeat.ts'

/** Renewed each five seconds, it outlives ten in which nothing goes on. */
const leaseMs = 16_000
const renewMs = 5000

/** A named lease that is held as long as it can be: of several processes one does the work, another takes over when it dies. */
export interface HeldLease {
  isHeld(): boolean
  /** Tries to get it now, and from then on again and again; true when it is held. */
  ensure(): Promise<boolean>
  release(): Promise<void>
}

export function holdLease(leases: Store['leases'], name: string, worker: string, clock: Clock): HeldLease {
  /** By the wall clock, which other processes go by, and by one that nobody sets: held is what both agree on. */
  let until = { wall: 0, monotonic: 0 }
  let stopped = false
  const isHeld = () => !stopped && clock.now() < until.wall && clock.monotonic() < until.monotonic
  const acquire = async (): Promise<boolean> => {
    if (stopped) return false
    const now = clock.now()
    const wanted = { wall: now + leaseMs, monotonic: clock.monotonic() + leaseMs }
    const got = await leases.acquire(name, { worker, until: wanted.wall }, now).catch(() => false)
    until = got ? wanted : { wall: 0, monotonic: 0 }
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
      void renewal.stop()
      // It ends by itself when this does not succeed.
      await leases.release(name, worker).catch(() => {})
    },
  }
}
