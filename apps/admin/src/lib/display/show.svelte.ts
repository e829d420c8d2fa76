import { untrack } from 'svelte'
import * as t from '../../texts/index.ts'
import { clock } from './clock.svelte.ts'
import * as format from './format.ts'
import { instantLines } from './instantLines.ts'
import { preferences } from './preferences.svelte.ts'

let botZone = $state('UTC')
/** Names the zone of the bot, once it is known. */
export const knowBotZone = (zone: string): void => {
  botZone = zone
}

let deviceZone: string | null = null
/** IANA name of the zone of this device, as it was when first asked for: to ask is slow, and lists ask for each time that they show. */
export const ownZone = (): string => {
  deviceZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone
  return deviceZone
}

/** The zone in which times are shown where none is named. */
export const shownZone = (): string => ({ mine: ownZone(), bot: botZone, utc: 'UTC' })[preferences.zone]

const style = (zone: string | undefined): format.Style => ({
  locale: t.common.locale,
  zone: zone ?? shownZone(),
  clock: preferences.clock === 'system' ? undefined : preferences.clock,
})

/** Numbers and times as the reader wants them: language, zone and clock of their choice. */
export const show = {
  // The year hardly ever changes: what shows an instant does not follow each second for it.
  instant: (at: number, zone?: string) =>
    format.formatInstant(
      at,
      style(zone),
      untrack(() => clock.now),
    ),
  /** In the zone of a job, or of the bot, in that of the reader, and in UTC: a line each. */
  zones: (at: number, job: string | null) =>
    instantLines({ job, bot: botZone, own: ownZone() }, (zone) => show.instant(at, zone), {
      time: t.time,
      shell: t.shell,
    }),
  time: (at: number, zone?: string) => format.formatTime(at, style(zone)),
  clock: (at: number, zone?: string) => format.formatClock(at, style(zone)),
  day: (at: number, zone?: string) => format.formatDay(at, style(zone)),
  weekday: (at: number, zone?: string, width?: 'long' | 'short') =>
    format.formatWeekday(at, style(zone), width),
  month: (at: number, zone?: string) => format.formatMonth(at, style(zone)),
  ago: (at: number, now: number) => format.relativeTime(at, now, t.common.locale),
  duration: (ms: number) => format.formatDuration(ms, t.common.locale),
  number: (n: number) => format.formatNumber(n, t.common.locale),
  short: (n: number) => format.formatShort(n, t.common.locale),
  percent: (share: number) => format.formatPercent(share, t.common.locale),
  bytes: (bytes: number) => format.formatBytes(bytes, t.common.locale),
}
