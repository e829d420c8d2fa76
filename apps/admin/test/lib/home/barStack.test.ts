import { describe, expect, it } from 'vitest'
import { barsOf } from '../../../src/lib/home/barStack.ts'

describe('days as bars', () => {
  it('stacks what was sent, what failed and who was unreachable', () => {
    const [full, half] = barsOf([
      { date: '2026-11-25', sent: 80, failed: 10, unreachable: 10 },
      { date: '2026-11-26', sent: 50, failed: 0, unreachable: 0 },
    ])
    expect(full?.pieces).toEqual([
      { kind: 'sent', from: 0, height: 80 },
      { kind: 'failed', from: 80, height: 10 },
      { kind: 'unreachable', from: 90, height: 10 },
    ])
    expect(half?.pieces).toEqual([{ kind: 'sent', from: 0, height: 50 }])
  })

  it('shows one failure beside ten thousand messages', () => {
    const [day] = barsOf([{ date: '2026-11-26', sent: 10_000, failed: 1, unreachable: 0 }])
    expect(day?.pieces[1]?.height).toBeGreaterThanOrEqual(2)
  })

  it('draws nothing for days without messages', () => {
    const [day] = barsOf([{ date: '2026-11-26', sent: 0, failed: 0, unreachable: 0 }])
    expect(day?.pieces).toEqual([])
  })
})
