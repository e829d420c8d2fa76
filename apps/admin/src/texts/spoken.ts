import type { Texts } from './index.ts'

/** The texts that are shown instead of the English ones, which come with the pages. */
let instead: () => Partial<Texts> = () => ({})
/** Names who knows which those are. */
export const spokenBy = (texts: typeof instead): void => {
  instead = texts
}

/** A part of the texts, written in English: reading it gives the words of the language that was chosen. */
export function spoken<Part extends object>(name: keyof Texts, english: Part): Part {
  return new Proxy(english, { get: (_, key) => Reflect.get(instead()[name] ?? english, key) })
}
