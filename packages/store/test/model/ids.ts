let state = 0

/** From now on the ids of before once more. */
export function restartIds(): void {
  state = 1
}

/** Ids as the store makes them, sorted by time, but the same for each run of the tests. */
export function newId(now: number): string {
  const digits = (count: number) => Array.from({ length: count }, () => next().toString(16)).join('')
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-8${digits(3)}-${digits(12)}`
}

/** The next digit, 0 to 15, of a linear congruential generator (Numerical Recipes). */
function next(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state >>> 28
}
