const shape = /^(\d{4})-(\d\d)-(\d\d)[T ]\d\d:\d\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i

/** True for an instant that the clocks of computers know (RFC 3339): they count no leap seconds. */
export function isInstant(text: string): boolean {
  const [, year, month, day] = shape.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  return midnight.getUTCDate() === day && !Number.isNaN(Date.parse(text))
}
