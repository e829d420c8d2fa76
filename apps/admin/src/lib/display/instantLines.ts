import type { Texts } from '../../texts/index.ts'

/** Zones in which an instant means something to somebody. */
export interface Zones {
  /** Of the job that it is about; null: it is about none. */
  job: string | null
  bot: string
  own: string
}

/** An instant in each of these zones and in UTC; what reads the same stands there once. */
export function instantLines(
  zones: Zones,
  instant: (zone: string) => string,
  { time, shell }: Pick<Texts, 'time' | 'shell'>,
): string[] {
  const told = [
    zones.job === null ? ([time.botZone, zones.bot] as const) : ([time.jobZone, zones.job] as const),
    [time.yourZone, zones.own] as const,
    [time.utc, 'UTC'] as const,
  ].map(([name, zone]) => ({ name, text: instant(zone) }))
  return told
    .filter(({ text }, index) => told.findIndex((one) => one.text === text) === index)
    .map(({ name, text }) => shell.timeIn(name, text))
}
