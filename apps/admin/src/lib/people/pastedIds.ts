import type { Choice } from '../list/choices.ts'

/** Telegram IDs in a text that was pasted; null: it is no list of them, and belongs into the search. */
export function pastedIds(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.length < 2 || !parts.every((part) => /^\d{1,16}$/.test(part))) return null
  return [...new Set(parts.map(Number))].filter((id) => Number.isSafeInteger(id) && id > 0)
}

/** What became of numbers that were looked up. */
export interface LookedUp {
  /** Ids of those who have one of the numbers. */
  known: string[]
  /** Numbers that nobody has. */
  unknown: number[]
  /** Numbers that were not looked up, because of `failure`. */
  later: number[]
  failure: unknown
}

/** Looks numbers up one after the other, until that fails. */
export async function lookUp(
  ids: readonly number[],
  find: (id: number) => Promise<Choice | null>,
): Promise<LookedUp> {
  const known: string[] = []
  const unknown: number[] = []
  for (const [index, id] of ids.entries()) {
    try {
      const choice = await find(id)
      if (choice) known.push(choice.id)
      else unknown.push(id)
    } catch (failure) {
      return { known, unknown, later: ids.slice(index), failure }
    }
  }
  return { known, unknown, later: [], failure: null }
}
