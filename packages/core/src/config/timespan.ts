const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** What is written for a time that repeats: minutes, hours or days, or never. */
export const timespanPattern = '^(never|[1-9]\\d{0,3}[mhd])$'

/** Milliseconds of `30m`, `24h` or `7d`; null for `never`. */
export function timespanMs(text: string): number | null {
  const parts = /^(\d+)([mhd])$/.exec(text)
  return parts ? Number(parts[1]) * units[parts[2] as keyof typeof units] : null
}
