import { mostAtOnce, type Run } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'
import { api } from '../../lib/api/api.ts'
import { createWork } from '../../lib/api/busy.svelte.ts'
import { everyPage } from '../../lib/api/everyPage.ts'
import { tellFailure } from '../../lib/display/toasts.svelte.ts'
import { tellBulk } from '../../lib/list/bulkResult.ts'
import { createQuestion } from '../../lib/list/question.svelte.ts'
import type { BulkAction, Selection } from '../../lib/list/selection.ts'
import { type Cancelling, cancellingOf, type Retrying, retryingOf } from '../../lib/runs/runVerbs.ts'
import * as t from '../../texts/index.ts'

/** What is to be done with many runs, and those of the chosen ones that it concerns. */
type Concerned = { verb: 'retry'; what: Retrying } | { verb: 'cancel'; what: Cancelling }
/** What is asked before. */
export type BulkAsked = { chosen: number; done: () => void } & Concerned

const runsOf = (selection: Selection): Promise<Run[]> =>
  selection.kind === 'ids'
    ? Promise.all(selection.ids.map((id) => api.getRun({ params: { id } })))
    : everyPage((query) => api.listRuns({ query: { ...selection.filter, ...query } }), mostAtOnce)

/** What can be done with several runs at once; all of it is asked first. */
export function createRunBulk(queries: QueryClient) {
  const work = createWork()
  const question = createQuestion<BulkAsked>(async ({ verb, what, done }) => {
    const result = await api.changeRuns({ body: { verb, ids: what.ids } })
    await queries.invalidateQueries({ queryKey: ['runs'] })
    void tellBulk(result, { changed: t.runs.bulkDone, refused: t.runs.bulkRefused })
    done()
  })

  /** Looks the chosen runs up, and asks about those that it concerns; where it concerns none, tells why. */
  const ask =
    (concerned: (runs: Run[]) => Concerned, none: () => [title: string, why: string]) =>
    (selection: Selection, done: () => void) =>
      void work.run(async () => {
        const runs = await runsOf(selection)
        const those = concerned(runs)
        if (those.what.ids.length === 0) tellFailure(...none())
        else question.ask({ ...those, chosen: runs.length, done })
      })
  const retry = ask(
    (runs) => ({ verb: 'retry', what: retryingOf(runs) }),
    () => [t.runs.bulkRetryNone, t.runs.bulkRetryNoneWhy],
  )
  const cancel = ask(
    (runs) => ({ verb: 'cancel', what: cancellingOf(runs) }),
    () => [t.runs.bulkCancelNone, t.runs.bulkCancelNoneWhy],
  )

  return {
    question,
    actions: (whyNoRun: string | null, whyNot: string | null): BulkAction[] => [
      { label: t.runs.buttons.retry, disabled: whyNoRun, run: retry },
      { label: t.runs.buttons.cancel, danger: true, disabled: whyNot, run: cancel },
    ],
  }
}
