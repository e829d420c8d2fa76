const dayMs = 86_400_000

/** About how many runs a day a schedule makes, from some that follow each other; null where they are too few to tell. */
export function perDay(runs: readonly number[]): number | null {
  const [first, last] = [runs[0], runs.at(-1)]
  if (first === undefined || last === undefined || last <= first) return null
  return Math.round(((runs.length - 1) * dayMs) / (last - first))
}
