import { isZone } from '../display/zone.ts'

const key = 'kamihi.recentZones'
const kept = 3

/** Time zones that were chosen last on this device, the newest first. */
export const recentZones = (): string[] => (localStorage.getItem(key) ?? '').split(' ').filter(isZone)

/** Those of before with one more, each once and not too many. */
export const withRecent = (before: readonly string[], zone: string): string[] =>
  [zone, ...before.filter((one) => one !== zone)].slice(0, kept)

/** Remembers a zone as the one chosen last. */
export const rememberZone = (zone: string): void =>
  localStorage.setItem(key, withRecent(recentZones(), zone).join(' '))
