const units: [number, string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
]

/** `12 s`, `3 min`, `2 h`, `5 d`: the largest unit that fits; nothing is less than now. */
export function spanOf(ms: number): string {
  const [size, unit] = units.find(([limit]) => ms >= limit) ?? [1000, 's']
  return `${Math.max(0, Math.round(ms / size))} ${unit}`
}
