import { isAbsolute, relative } from 'node:path'
import { KamihiError, type LoadedConfig } from '@kamihi/core'
import { error, type Finding, ok } from './finding.ts'

/** Where settings come from, by their names; never their values. */
export function settingsFinding({ sources }: LoadedConfig): Finding {
  const byPlace = new Map<string, string[]>()
  for (const [key, place] of Object.entries(sources)) byPlace.set(place, [...(byPlace.get(place) ?? []), key])
  const parts = [...byPlace].map(([place, keys]) => `${keys.sort().join(', ')} from ${short(place)}`)
  return ok('configuration', parts.length === 0 ? 'All settings are defaults.' : `${parts.join('; ')}.`)
}

/** Settings that cannot be read leave nothing else to look at. */
export function wrongSettings(reason: unknown): Finding {
  if (!(reason instanceof KamihiError)) throw reason
  return error('configuration', reason.message, 'Mend that setting.')
}

const short = (place: string): string => (isAbsolute(place) ? relative('', place) : place)
