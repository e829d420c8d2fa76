import { toast } from 'svelte-sonner'
import { t } from './i18n.svelte.ts'

/** How long something can be undone where it is told. */
const undoMs = 8000

/** Tells a failure; it stays until it is taken away, and the same one is shown once. */
export function tellFailure(title: string, detail: string | null): void {
  toast.error(title, {
    id: `${title} ${detail ?? ''}`,
    description: detail ?? undefined,
    duration: Number.POSITIVE_INFINITY,
  })
}

/** Tells what was done, and offers to undo it. */
export function tellUndoable(title: string, undo: () => void): void {
  toast.success(title, { duration: undoMs, action: { label: t.common.undo, onClick: undo } })
}
