import type { Store } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { holdLease } from '../src/lease.ts'
import { handClock } from './handClock.ts'

/** Gives the lease to whoever asks. */
const willing: Store['leases'] = {
  acquire: async () => true,
  release: async () => {},
  holder: async () => null,
}

describe('a lease that is held', () => {
  it('ends with its sixteen seconds while it cannot be renewed', async () => {
    const clock = handClock()
    let answers = true
    const lease = holdLease({ ...willing, acquire: async () => answers }, 'poller', 'one', clock)
    expect(await lease.ensure()).toBe(true)
    answers = false
    clock.pass(4999)
    expect(lease.isHeld()).toBe(true)
    clock.pass(11_001)
    expect(lease.isHeld()).toBe(false)
  })

  it('does not last longer because the wall clock was set back', async () => {
    const clock = handClock()
    const lease = holdLease(
      { ...willing, acquire: () => new Promise((resolve) => setTimeout(resolve, 0, true)) },
      'poller',
      'one',
      clock,
    )
    expect(await lease.ensure()).toBe(true)
    clock.set(-3_600_000)
    clock.pass(16_000)
    expect(lease.isHeld()).toBe(false)
  })

  it('is not relied upon after the wall clock was set forward: others may have taken it', async () => {
    const clock = handClock()
    const lease = holdLease(willing, 'poller', 'one', clock)
    expect(await lease.ensure()).toBe(true)
    clock.set(3_600_000)
    expect(lease.isHeld()).toBe(false)
    expect(await lease.ensure()).toBe(true)
  })
})
