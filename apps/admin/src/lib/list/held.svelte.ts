import { type HeldRows, heldRows } from './heldRows.ts'

/** What a list found. */
interface Found<T> {
  rows: readonly T[]
  /** What was asked for: rows of another question are not held back. */
  asks: string
}

/** Keeps the rows of a list where they are while the pointer is on it. */
export function createHeld<T>(found: () => Found<T>, idOf: (row: T) => string) {
  let held = $state.raw<Found<T> | null>(null)
  const view = $derived<HeldRows<T>>(
    held?.asks === found().asks
      ? heldRows(held.rows, found().rows, idOf)
      : { rows: found().rows, waiting: 0 },
  )
  return {
    get view() {
      return view
    },
    /** From now on these stay. */
    hold: () => {
      held = found()
    },
    release: () => {
      held = null
    },
  }
}
