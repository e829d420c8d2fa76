import type { Texts } from '../../texts/index.ts'

type RefusalWords = Pick<Texts, 'issues' | 'problems'>
let words: Partial<RefusalWords> = {}

/** What refusals are called, as far as they are known: where not, the server's own words do. */
export const refusalWords = (): Partial<RefusalWords> => words

/** For what has them at hand. */
export const knowRefusals = (known: RefusalWords): void => {
  words = known
}

/** Fetches them with the first refusal: most pages are never refused anything. */
export async function learnRefusals(): Promise<Partial<RefusalWords>> {
  words = await import('../../texts/refusals.ts').catch(() => words)
  return words
}
