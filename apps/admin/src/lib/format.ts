/** `in 5 min`, `12 s ago`; the largest unit that fits. */
export function relativeTime(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000)
  const distance = Math.abs(seconds)
  const [size, unit] = units.find(([limit]) => distance >= limit) ?? [1, 's']
  const words = `${Math.round(distance / size)} ${unit}`
  if (distance < 1) return 'now'
  return seconds > 0 ? `in ${words}` : `${words} ago`
}

const units: [number, string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
]

const formats = new Map<string, Intl.DateTimeFormat>()

/** `Wed 25 Nov, 09:00:05 CET`, without seconds on a full minute: an instant never stands without its zone. */
export function formatInstant(at: number, timeZone?: string): string {
  const fullMinute = at % 60_000 === 0
  const key = `${timeZone ?? ''} ${fullMinute}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      ...(fullMinute ? {} : { second: '2-digit' }),
      timeZoneName: 'short',
      ...(timeZone ? { timeZone } : {}),
    })
    formats.set(key, format)
  }
  return format.format(at)
}

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 4 min`. */
export function formatDuration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** `1 person`, `2 people`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US').replaceAll(',', ' ')} ${n === 1 ? one : many}`
