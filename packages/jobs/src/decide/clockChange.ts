/** Both clocks of a machine, read at the same moment; milliseconds. */
export interface ClockReading {
  wall: number
  monotonic: number
}

/**
 * What happened to the wall clock between two readings, beside that time passed: it was set back, or it ran ahead, as it does when the
 * machine slept. `ms` is by how much.
 */
export type ClockChange = { kind: 'none' } | { kind: 'ahead' | 'back'; ms: number }

/** Clocks that are kept in time by small corrections drift less than this between two ticks. */
const toleranceMs = 2000

export function clockChange(before: ClockReading, after: ClockReading): ClockChange {
  const ms = Math.round(after.wall - before.wall - (after.monotonic - before.monotonic))
  if (Math.abs(ms) < toleranceMs) return { kind: 'none' }
  return { kind: ms > 0 ? 'ahead' : 'back', ms: Math.abs(ms) }
}
