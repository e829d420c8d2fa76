import * as t from '../../texts/index.ts'
import { isZone } from '../display/zone.ts'
import { type Choice, type Choices, offered } from '../list/choices.ts'

/** A zone that is likely meant, and why. */
export interface LikelyZone {
  zone: string
  why: string
}

/** `UTC+05:45`: how far a zone is ahead of UTC at an instant. */
export function offsetOf(zone: string, at: number): string {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return name === 'GMT' ? 'UTC+00:00' : name.replace('GMT', 'UTC')
}

/** Zones whose name holds what was typed, the likely ones first; a whole name that the list does not have is one too. */
export function findZones(typed: string, likely: readonly LikelyZone[], all: readonly string[]): string[] {
  const text = typed.trim()
  const piece = text.replaceAll(' ', '_').toLowerCase()
  const names = new Set([...likely.map(({ zone }) => zone), ...all])
  const found = [...names].filter((zone) => zone.toLowerCase().includes(piece))
  const isOther = text !== '' && isZone(text) && !found.some((zone) => zone.toLowerCase() === piece)
  return isOther ? [text, ...found] : found
}

/** The time zones of a picker, with their offsets at an instant. */
export function zoneChoices(likely: readonly LikelyZone[], now: () => number, placeholder: string): Choices {
  const all = Intl.supportedValuesOf('timeZone')
  const choiceOf = (zone: string): Choice => ({
    id: zone,
    label: zone,
    detail: [offsetOf(zone, now()), likely.find((one) => one.zone === zone)?.why].filter(Boolean).join(' · '),
  })
  return {
    kind: 'zones',
    placeholder,
    find: async (typed) => findZones(typed, likely, all).slice(0, offered).map(choiceOf),
    named: async (zones) => zones.map(choiceOf),
  }
}

/** The zones that a job most likely runs in: the bot's, that of the reader, UTC, and those chosen before. */
export function likelyZones(bot: string, own: string, recent: readonly string[]): LikelyZone[] {
  const words = t.jobs.options.zones
  const named = [
    { zone: bot, why: words.bot },
    { zone: own, why: words.own },
    { zone: 'UTC', why: '' },
    ...recent.map((zone) => ({ zone, why: words.recent })),
  ]
  return named.filter(({ zone }, index) => named.findIndex((one) => one.zone === zone) === index)
}
