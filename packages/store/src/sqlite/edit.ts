import type { Saved } from '../store.ts'
import type { Tx } from './connection.ts'
import { isUnique } from './errors.ts'

type Refusal = Extract<Saved<never>, { kind: 'duplicate' | 'unknown_reference' }>

/** Turns a clash with a unique index into `duplicate`, and `Refused` into its outcome; the transaction is thrown away. */
export async function orDuplicate<O>(field: string, work: () => Promise<O>): Promise<O | Refusal> {
  try {
    return await work()
  } catch (error) {
    return refusalIn(error, field)
  }
}

/** What an edit was refused for. @throws the error itself where it is no refusal */
export function refusalIn(error: unknown, field: string): Refusal {
  if (error instanceof Refused) return error.outcome
  if (isUnique(error)) return { kind: 'duplicate', field }
  throw error
}

/** Rolls a transaction back and becomes its outcome. */
export class Refused extends Error {
  readonly outcome: { kind: 'unknown_reference'; field: string; ids: string[] }
  constructor(field: string, ids: string[]) {
    super(`Unknown ${field}`)
    this.outcome = { kind: 'unknown_reference', field, ids }
  }
}

/** Refuses ids that are not in the table. */
export function checkReferences(
  tx: Tx,
  field: string,
  ids: readonly string[],
  known: (tx: Tx, ids: string[]) => string[],
): void {
  const wanted = [...new Set(ids)]
  const there = new Set(chunks(wanted).flatMap((chunk) => known(tx, chunk)))
  const unknown = wanted.filter((id) => !there.has(id))
  if (unknown.length > 0) throw new Refused(field, unknown)
}

/** SQLite takes a limited number of bound values in a statement. */
export function chunks<T>(items: readonly T[], size = 500): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

/** Map.groupBy, which Node 20 does not have. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
