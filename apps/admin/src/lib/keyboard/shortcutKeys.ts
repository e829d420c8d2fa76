/** What a single key asks for. `go` carries the letter that followed `g`. */
export type Asked = { kind: 'help' | 'search' | 'new' | 'edit' | 'run' } | { kind: 'go'; letter: string }

/** Attributes by which a page names what such a key acts on. */
export const marks = {
  search: 'data-search',
  new: 'data-new',
  edit: 'data-edit',
  run: 'data-run',
} as const satisfies Partial<Record<Asked['kind'], string>>
export type Mark = (typeof marks)[keyof typeof marks]

const single: Record<string, Asked> = {
  '?': { kind: 'help' },
  '/': { kind: 'search' },
  n: { kind: 'new' },
  e: { kind: 'edit' },
  r: { kind: 'run' },
}
/** How long `g` waits for its letter. */
const sequenceMs = 1500

/** Reads keys one after the other; `at` is when a key was pressed, in ms. Null: it asks for nothing (yet). */
export function createKeyReader(): (key: string, at: number) => Asked | null {
  let gAt = Number.NEGATIVE_INFINITY
  return (key, at) => {
    const isSecond = at - gAt <= sequenceMs
    gAt = key === 'g' && !isSecond ? at : Number.NEGATIVE_INFINITY
    if (isSecond) return { kind: 'go', letter: key }
    return single[key] ?? null
  }
}
