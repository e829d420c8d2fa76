import type { Job } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'
import { api } from '../../lib/api/api.ts'
import { createWork } from '../../lib/api/busy.svelte.ts'
import { everyPage } from '../../lib/api/everyPage.ts'
import { freshKey } from '../../lib/api/freshKey.ts'
import { tellBulk } from '../../lib/list/bulkResult.ts'
import { createQuestion } from '../../lib/list/question.svelte.ts'
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
  const refresh = () => queries.invalidateQueries({ queryKey: ['jobs'] })

  /** Puts those back that were changed. */
  const undoes = (verb: 'enable' | 'disable' | 'restore', ids: string[]) =>
    ids.length === 0
      ? null
      : () =>
          void work.run(async () => {
            const result = await api.changeJobs({ body: { verb, ids } })
            await refresh()
            void tellBulk(result, { ...t.jobs.bulk, changed: () => t.common.undone })
          })
  const flip = (verb: 'enable' | 'disable') => (selection: Selection, done: () => void) =>
    void work.run(async () => {
      const result = await api.changeJobs({ body: { verb, ...targetOf(selection) } })
      await refresh()
      void tellBulk(result, t.jobs.bulk, undoes(verb === 'enable' ? 'disable' : 'enable', result.changedIds))
      done()
    })

  const question = createQuestion<BulkAsked>(async ({ verb, selection, done }) => {
    const result = await api.changeJobs({
      body: { verb, ...targetOf(selection) },
      ...(verb === 'run' ? { headers: { 'idempotency-key': freshKey() } } : {}),
    })
    await refresh()
    void tellBulk(result, t.jobs.bulk, verb === 'archive' ? undoes('restore', result.changedIds) : null)
    done()
    if (verb === 'run') await showRuns(result.runIds)
  })
  const asks = (verb: BulkAsked['verb']) => (selection: Selection, done: () => void) =>
    question.ask({ verb, selection, done })

  return {
    question,
    actions: (blocked: string | null, whyNot: string | null): BulkAction[] => [
      { label: t.jobs.enable, disabled: whyNot, run: flip('enable') },
      { label: t.jobs.disable, disabled: whyNot, run: flip('disable') },
      { label: t.jobs.actions.run, disabled: blocked, run: asks('run') },
      { label: t.common.delete, danger: true, disabled: whyNot, run: asks('archive') },
    ],
  }
}
