/** Telegram IDs in a text that was pasted; null: it is no list of them, and belongs into the search. */
export function pastedIds(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.length < 2 || !parts.every((part) => /^\d{1,16}$/.test(part))) return null
  return [...new Set(parts.map(Number))].filter((id) => Number.isSafeInteger(id) && id > 0)
}
