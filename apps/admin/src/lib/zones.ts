const dateIn = (at: number, zone: string): number =>
  Date.parse(`${new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)}T00:00:00Z`)

/** By how many days the date in one zone is ahead of that in another at the same instant: −1, 0 or 1. */
export const dayDistance = (at: number, from: string, to: string): number =>
  Math.round((dateIn(at, to) - dateIn(at, from)) / 86_400_000)
