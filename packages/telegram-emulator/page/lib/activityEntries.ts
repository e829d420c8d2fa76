import type { RecordedCall, Update } from '../../src/shapes/events.ts'

/** What went back and forth between the emulator and the bot. */
export type Entry =
  | { kind: 'call'; key: number; at: number; call: RecordedCall }
  | { kind: 'update'; key: number; at: number; update: Update; delivered: boolean }

/** Of what is shown. */
export interface EntryFilter {
  text: string
  refusedOnly: boolean
}

export const isRefused = ({ status, response }: RecordedCall): boolean =>
  status === 0 || status >= 400 || (response as { ok?: boolean } | null)?.ok === false

export function matching(entries: Entry[], { text, refusedOnly }: EntryFilter): Entry[] {
  const sought = text.trim().toLowerCase()
  return entries.filter((entry) => {
    if (refusedOnly && (entry.kind === 'update' || !isRefused(entry.call))) return false
    return sought === '' || haystackOf(entry).includes(sought)
  })
}

const haystackOf = (entry: Entry): string =>
  (entry.kind === 'call'
    ? `${entry.call.method} ${JSON.stringify([entry.call.params, entry.call.response])}`
    : JSON.stringify(entry.update)
  ).toLowerCase()

/** The kind of an update: its only field besides the number. */
export const updateKind = (update: Update): string =>
  Object.keys(update).find((key) => key !== 'update_id') ?? 'update'

/** What it is about, in a few words. */
export function entryWords(entry: Entry): string {
  const said =
    entry.kind === 'call' ? entry.call.params : (entry.update[updateKind(entry.update)] as object | null)
  for (const name of ['text', 'caption', 'data', 'question', 'query']) {
    const value = (said as Record<string, unknown> | null)?.[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return ''
}

/** `200`, or what came in place of an answer. */
export const statusWords = ({ status }: RecordedCall): string => (status === 0 ? 'no answer' : String(status))
