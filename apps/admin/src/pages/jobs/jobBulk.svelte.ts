import type { Job } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'
import { api } from '../../lib/api/api.ts'
import { createWork } from '../../lib/api/busy.svelte.ts'
import { everyPage } from '../../lib/api/everyPage.ts'
import { freshKey } from '../../lib/api/freshKey.ts'
import { tellBulk } from '../../lib/list/bulkResult.ts'
import { type BulkAction, type Selection, targetOf } from '../../lib/list/selection.ts'
import { type BulkReach, reachOfJobs } from '../../lib/people/bulkPeople.ts'
import { navigate } from '../../router.ts'
import * as t from '../../texts/index.ts'

/** As many jobs as are looked at to tell whom they reach. */
const most = 2000

/** Whom the jobs that are chosen reach. */
export const bulkReachOf = async (selection: Selection): Promise<BulkReach> =>
  reachOfJobs(await jobsOf(selection), selection.kind === 'ids' ? Number.POSITIVE_INFINITY : most)

const jobsOf = (selection: Selection): Promise<Job[]> =>
  selection.kind === 'ids'
    ? Promise.all(selection.ids.map((id) => api.getJob({ params: { id } })))
    : everyPage((query) => api.listJobs({ query: { ...selection.filter, ...query } }), most)

/** What is asked before many jobs are run or deleted. */
export interface BulkAsked {
  verb: 'run' | 'archive'
  selection: Selection
  done: () => void
}

/** The run, or where there are several, the runs by hand, of which these are the newest. */
async function showRuns(ids: string[]): Promise<void> {
  const [id] = ids
  if (ids.length > 1) await navigate('/runs', { search: { trigger: 'manual' } })
  else if (id) await navigate('/runs/:id', { params: { id } })
}

/** What can be done with several jobs at once; running and deleting are asked first. */
export function createJobBulk(queries: QueryClient) {
  const work = createWork()
  let asked = $state.raw<BulkAsked | null>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: ['jobs'] })

  async function change(verb: 'enable' | 'disable', target: ReturnType<typeof targetOf>, undoable: boolean) {
    const result = await api.changeJobs({ body: { verb, ...target } })
    await refresh()
    const back = verb === 'enable' ? 'disable' : 'enable'
    const undo = () => void work.run(() => change(back, target, false))
    const canUndo = undoable && 'ids' in target && result.unchanged === 0
    const words = undoable ? t.jobs.bulk : { ...t.jobs.bulk, changed: () => t.common.undone }
    void tellBulk(result, words, canUndo ? undo : null)
  }
  const flip = (verb: 'enable' | 'disable') => (selection: Selection, done: () => void) =>
    void work.run(async () => {
      await change(verb, targetOf(selection), true)
      done()
    })

  async function restore(target: ReturnType<typeof targetOf>): Promise<void> {
    const result = await api.changeJobs({ body: { verb: 'restore', ...target } })
    await refresh()
    void tellBulk(result, { ...t.jobs.bulk, changed: () => t.common.undone })
  }

  return {
    get asked() {
      return asked
    },
    close: () => {
      asked = null
    },
    /** Does what was asked; gives nothing back when it was refused as a whole, but throws. */
    async confirm(): Promise<void> {
      if (!asked) return
      const { verb, selection, done } = asked
      const target = targetOf(selection)
      const result = await api.changeJobs({
        body: { verb, ...target },
        ...(verb === 'run' ? { headers: { 'idempotency-key': freshKey() } } : {}),
      })
      await refresh()
      const undo = () => void work.run(() => restore(target))
      const canUndo = verb === 'archive' && 'ids' in target && result.unchanged === 0
      void tellBulk(result, t.jobs.bulk, canUndo ? undo : null)
      done()
      if (verb === 'run') await showRuns(result.runIds)
    },
    actions: (blocked: string | null, whyNot: string | null): BulkAction[] => [
      { label: t.jobs.enable, disabled: whyNot, run: flip('enable') },
      { label: t.jobs.disable, disabled: whyNot, run: flip('disable') },
      {
        label: t.jobs.actions.run,
        disabled: blocked,
        run: (selection, done) => {
          asked = { verb: 'run', selection, done }
        },
      },
      {
        label: t.common.delete,
        danger: true,
        disabled: whyNot,
        run: (selection, done) => {
          asked = { verb: 'archive', selection, done }
        },
      },
    ],
  }
}
