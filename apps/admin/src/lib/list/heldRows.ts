/** Rows that stay where they are, with how many new ones wait. */
export interface HeldRows<T> {
  rows: readonly T[]
  waiting: number
}

/** The rows that stood there when the pointer came, as they are now; what is new waits, so that none moves away under the pointer. */
export function heldRows<T>(
  before: readonly T[],
  found: readonly T[],
  idOf: (row: T) => string,
): HeldRows<T> {
  const now = new Map(found.map((row) => [idOf(row), row]))
  const known = new Set(before.map(idOf))
  return {
    rows: before.map((row) => now.get(idOf(row)) ?? row),
    waiting: found.filter((row) => !known.has(idOf(row))).length,
  }
}
