import { ApiError } from '@kamihi/contracts/client'
import type { TSchema } from '@sinclair/typebox'
import { useQueryClient } from '@tanstack/svelte-query'
import { codeOf, fieldErrors } from '../api/api.ts'
import { checked, refusalOf } from '../api/checked.ts'
import { changesBetween } from '../jobs/jobDraft.ts'
import { type Clash, mergeDrafts } from './merging.ts'

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
  /** What a whole draft has to be: the body that creates one. */
  body: TSchema
  /** Saves only what differs, so that edits of two people to different fields both stay. */
  update: (saved: T, changes: Partial<D>) => Promise<T>
}

/** How often others may save in between before a person is asked to try again. */
const patience = 3

/** A form over something that others may change meanwhile. */
export function createEditing<T extends Versioned, D extends object>(options: Options<T, D>) {
  const queries = useQueryClient()
  let base = $state.raw(options.saved)
  let draft = $state(options.draftOf(options.saved))
  let error = $state.raw<unknown>(null)
  /** What somebody else saved, while a person has to decide between it and the draft. */
  let undecided = $state.raw<{ theirs: T; draft: D; clashes: Clash<D>[] } | null>(null)
  /** The draft as it was refused. */
  let refused = $state.raw<Partial<D>>({})
  /** Fields that are judged while they are typed: they were left before, or a save was tried. */
  let judged = $state.raw<string[]>([])
  const typed = () => $state.snapshot(draft) as D
  const changes = () => changesBetween(options.draftOf(base), typed())
  const send = () => {
    checked(options.body, typed())
    return base ? options.update(base, changes()) : options.create(typed())
  }
  /** What breaks the schema, in the fields that are judged by now. */
  const broken = () =>
    Object.fromEntries(
      Object.entries(fieldErrors(refusalOf(options.body, draft))).filter(([field]) => judged.includes(field)),
    )
  /** What is wrong, by field: what breaks the schema now, and what was refused and not changed since. */
  const wrong = $derived.by((): Record<string, string> => {
    const corrected = changesBetween(refused as D, typed())
    const old = Object.entries(fieldErrors(error)).filter(([field]) => !(field in corrected))
    return { ...Object.fromEntries(old), ...broken() }
  })

  /** Takes over what somebody else saved; gives false when a person has to decide. */
  function merge(theirs: T): boolean {
    const merged = mergeDrafts(options.draftOf(base), typed(), options.draftOf(theirs))
    if (merged.kind === 'clashing') {
      undecided = { theirs, ...merged }
      return false
    }
    base = theirs
    draft = merged.draft
    return true
  }

  async function sendMerging(left = patience): Promise<T> {
    try {
      return await send()
    } catch (refusal) {
      const theirs = currentOf<T>(refusal)
      if (!theirs || left === 0 || !merge(theirs)) throw refusal
      return sendMerging(left - 1)
    }
  }

  return {
    get draft() {
      return draft
    },
    set draft(next: D) {
      draft = next
    },
    /** Of what is edited; null: a new one. */
    get id() {
      return base?.id ?? null
    },
    get isDirty() {
      return Object.keys(changes()).length > 0
    },
    /** The refusal of the last save, until each field that it names is corrected. */
    get error() {
      const named = Object.keys(fieldErrors(error))
      return named.length > 0 && !named.some((field) => field in wrong) ? null : error
    },
    get wrong() {
      return wrong
    },
    /** Somebody has left a field, maybe `field`: it and what was changed by then are judged from now on. */
    leave(field?: string) {
      judged = [...new Set([...judged, ...Object.keys(changes()), ...(field ? [field] : [])])]
    },
    /** Fields that somebody else saved differently meanwhile. */
    get clashes(): Clash<object>[] {
      return (undecided?.clashes ?? []) as Clash<object>[]
    },
    /** True when it was deleted meanwhile. */
    get isGone() {
      return base !== null && codeOf(error) === 'not_found'
    },
    /** Saves; gives what was saved, or null and sets `error`. */
    async save(): Promise<T | null> {
      error = null
      undecided = null
      try {
        base = await sendMerging()
        await queries.invalidateQueries()
        return base
      } catch (refusal) {
        error = refusal
        refused = typed()
        judged = Object.keys(refused)
        return null
      }
    },
    /** Decides what clashed: these fields as somebody else saved them, the others as they were typed here. */
    settle(theirFields: string[]) {
      if (!undecided) return
      const taken = undecided.clashes.filter(({ field }) => theirFields.includes(field))
      draft = { ...undecided.draft, ...Object.fromEntries(taken.map(({ field, theirs }) => [field, theirs])) }
      base = undecided.theirs
      undecided = null
      error = null
    },
    /** Goes on as if it were a new one. */
    asNew() {
      base = null
      error = null
    },
  }
}

/** What the frame of a form has to know. */
export type Editing = Omit<ReturnType<typeof createEditing<Versioned, object>>, 'draft' | 'save'> & {
  save(): Promise<Versioned | null>
}

const currentOf = <T>(refusal: unknown): T | null =>
  refusal instanceof ApiError && refusal.problem.code === 'version_conflict'
    ? ((refusal.problem.current as T | undefined) ?? null)
    : null
