/** `1.2 MB` */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`
}

/** `1 job`, `2 jobs` */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** How long ago or how long, in its largest unit: `3 days`, `5 minutes`, `0 seconds`. */
export function lasting(ms: number): string {
  const units: [ms: number, name: string][] = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ]
  const [unit, name] = units.find(([least]) => ms >= least) ?? [1000, 'second']
  return counted(Math.floor(ms / unit), name)
}
