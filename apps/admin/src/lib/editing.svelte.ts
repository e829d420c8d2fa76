import { ApiError } from '@kamihi/contracts/client'
import { useQueryClient } from '@tanstack/svelte-query'
import { fieldErrors } from './api.ts'
import { changesBetween } from './jobDraft.ts'

interface Versioned {
  id: string
  version: number
}
interface Options<T extends Versioned, D extends object> {
  /** What is edited; null: a new one. */
  saved: T | null
  /** What of it can be edited; of nothing: an empty form. */
  draftOf: (saved: T | null) => D
  create: (draft: D) => Promise<T>
  /** Saves only what differs, so that edits of two people to different fields both stay. */
  update: (saved: T, changes: Partial<D>) => Promise<T>
}

/** A form over something that others may change meanwhile. */
export function createEditing<T extends Versioned, D extends object>(options: Options<T, D>) {
  const queries = useQueryClient()
  let base = $state.raw(options.saved)
  let draft = $state(options.draftOf(options.saved))
  let error = $state.raw<unknown>(null)
  /** The draft as it was refused. */
  let refused = $state.raw<Partial<D>>({})
  const changes = () => changesBetween(options.draftOf(base), $state.snapshot(draft) as D)

  return {
    get draft() {
      return draft
    },
    set draft(next: D) {
      draft = next
    },
    get isDirty() {
      return Object.keys(changes()).length > 0
    },
    /** The refusal of the last save. */
    get error() {
      return error
    },
    /** What was refused, by field; a field that was changed since is not wrong any more. */
    get wrong() {
      const corrected = changesBetween(refused as D, $state.snapshot(draft) as D)
      return Object.fromEntries(Object.entries(fieldErrors(error)).filter(([field]) => !(field in corrected)))
    },
    /** True when somebody else saved it meanwhile. */
    get isConflict() {
      return error instanceof ApiError && error.problem.code === 'version_conflict'
    },
    /** Saves; gives what was saved, or null and sets `error`. */
    async save(): Promise<T | null> {
      error = null
      try {
        base = base
          ? await options.update(base, changes())
          : await options.create($state.snapshot(draft) as D)
        await queries.invalidateQueries()
        return base
      } catch (refusal) {
        error = refusal
        refused = $state.snapshot(draft) as D
        return null
      }
    },
    /** Drops what was changed here for what somebody else saved. */
    takeTheirs() {
      base = currentOf<T>(error)
      draft = options.draftOf(base)
      error = null
    },
    /** Keeps what was changed here; everything else becomes as somebody else saved it. */
    keepMine() {
      const mine = changes()
      base = currentOf<T>(error)
      draft = { ...options.draftOf(base), ...mine }
      error = null
    },
  }
}

/** What the frame of a form has to know. */
export type Editing = Omit<ReturnType<typeof createEditing<Versioned, object>>, 'draft' | 'save'> & {
  save(): Promise<Versioned | null>
}

const currentOf = <T>(error: unknown): T => (error as ApiError).problem.current as T
