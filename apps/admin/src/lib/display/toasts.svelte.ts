import { toast as sonner } from 'svelte-sonner'
import * as t from '../../texts/index.ts'

type Options = Parameters<typeof sonner.success>[1]
let shown = $state(false)

/** Whether anything has been told yet: what shows toasts is loaded with the first. */
export const hasToasts = (): boolean => shown

/** Tells something at the edge of the page. */
export const toast = {
  success(title: string, options: Options = {}): void {
    shown = true
    sonner.success(title, options)
  },
  error(title: string, options: Options = {}): void {
    shown = true
    sonner.error(title, options)
  },
}

/** How long what was done is told, and can be undone there. */
const toldMs = 8000

/** Tells a failure; it stays until it is taken away, and the same one is shown once. */
export function tellFailure(title: string, detail: string | null): void {
  toast.error(title, {
    id: `${title} ${detail ?? ''}`,
    description: detail ?? undefined,
    duration: Number.POSITIVE_INFINITY,
  })
}

/** Tells what was done, and offers to undo it where that can be done. */
export function tellUndoable(title: string, undo: (() => void) | null): void {
  toast.success(title, {
    duration: toldMs,
    ...(undo ? { action: { label: t.common.undo, onClick: undo } } : {}),
  })
}
