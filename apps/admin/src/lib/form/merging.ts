import { changesBetween } from '../jobs/jobDraft.ts'

/** A field that two people changed to different values. */
export interface Clash<D extends object> {
  field: keyof D & string
  theirs: unknown
  yours: unknown
}

/** What became of a draft when somebody else saved meanwhile. */
export type Merge<D extends object> =
  | { kind: 'merged'; draft: D }
  | { kind: 'clashing'; clashes: Clash<D>[]; draft: D }

/** Puts two edits of one thing together: only what both changed, and differently, has to be decided by a person. */
export function mergeDrafts<D extends object>(base: D, yours: D, theirs: D): Merge<D> {
  const mine = changesBetween(base, yours)
  const draft = { ...theirs, ...mine }
  const both = Object.keys(changesBetween(theirs, draft)) as (keyof D & string)[]
  const changedByThem = changesBetween(base, theirs)
  const clashes = both
    .filter((field) => field in changedByThem)
    .map((field) => ({ field, theirs: theirs[field], yours: yours[field] }))
  return clashes.length === 0 ? { kind: 'merged', draft } : { kind: 'clashing', clashes, draft }
}
