import type { Job } from '@kamihi/contracts'
import * as t from '../../texts/index.ts'
import { api } from '../api/api.ts'
import { tellUndoable } from '../display/toasts.svelte.ts'
import { titleOf } from './jobDraft.ts'

interface Enabling {
  enabled: boolean
  /** Of the job, as it was seen by whoever asked. */
  version: number
  /** Shows what was saved. */
  refresh: () => Promise<unknown>
  /** Takes it back, from the version that was saved; null: it is taken back itself. */
  undo: ((version: number) => void) | null
}

/** Switches a job on or off, says so and offers to take it back. */
export async function saveEnabled(
  job: Pick<Job, 'id' | 'name' | 'action'>,
  { enabled, version, refresh, undo }: Enabling,
): Promise<void> {
  const saved = await api.updateJob({ params: { id: job.id }, body: { version, enabled } })
  await refresh()
  const said = enabled ? t.jobs.isEnabled : t.jobs.isDisabled
  tellUndoable(said(titleOf(job)), undo && (() => undo(saved.version)))
}
