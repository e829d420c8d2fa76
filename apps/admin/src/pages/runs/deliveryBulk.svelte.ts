import { api } from '../../lib/api/api.ts'
import { createWork } from '../../lib/api/busy.svelte.ts'
import { createQuestion } from '../../lib/list/question.svelte.ts'
import type { BulkAction, Selection } from '../../lib/list/selection.ts'
import { everyDelivery } from '../../lib/runs/everyDelivery.ts'
import { navigate } from '../../router.ts'
import * as t from '../../texts/index.ts'

/** Sends several deliveries of a run again by one new run; it is asked first. */
export function createDeliveryBulk(runId: () => string) {
  const work = createWork()
  const question = createQuestion<string[]>(async (ids) => {
    const retry = await api.retryDeliveries({ params: { id: runId() }, body: { ids } })
    await navigate('/runs/:id', { params: { id: retry.runId } })
  })

  async function idsOf(selection: Selection): Promise<string[]> {
    if (selection.kind === 'ids') return selection.ids
    return (await everyDelivery(runId(), selection.filter)).map(({ id }) => id)
  }

  return {
    /** About the ids of those that are to be sent again; what is done leads to the new run. */
    question,
    actions: (whyNoRun: string | null): BulkAction[] => [
      {
        label: t.runs.deliveries.again,
        disabled: whyNoRun,
        run: (selection) => void work.run(async () => question.ask(await idsOf(selection))),
      },
    ],
  }
}
