import { mostAtOnce } from '@kamihi/contracts'
import { api } from '../../lib/api/api.ts'
import { createWork } from '../../lib/api/busy.svelte.ts'
import { everyPage } from '../../lib/api/everyPage.ts'
import type { BulkAction, Selection } from '../../lib/list/selection.ts'
import { navigate } from '../../router.ts'
import * as t from '../../texts/index.ts'

/** Sends several deliveries of a run again by one new run; it is asked first. */
export function createDeliveryBulk(runId: () => string) {
  const work = createWork()
  let asked = $state.raw<string[] | null>(null)

  async function idsOf(selection: Selection): Promise<string[]> {
    if (selection.kind === 'ids') return selection.ids
    const find = (query: object) =>
      api.listDeliveries({ params: { id: runId() }, query: { ...selection.filter, ...query } })
    return (await everyPage(find, mostAtOnce)).slice(0, mostAtOnce).map(({ id }) => id)
  }

  return {
    /** Ids of those that are to be sent again, while it is asked. */
    get asked() {
      return asked
    },
    close: () => {
      asked = null
    },
    /** Does what was asked, and leads to the new run. */
    async confirm(): Promise<void> {
      if (!asked) return
      const retry = await api.retryDeliveries({ params: { id: runId() }, body: { ids: asked } })
      await navigate('/runs/:id', { params: { id: retry.runId } })
    },
    actions: (whyNoRun: string | null): BulkAction[] => [
      {
        label: t.runs.deliveries.again,
        disabled: whyNoRun,
        run: (selection) =>
          void work.run(async () => {
            asked = await idsOf(selection)
          }),
      },
    ],
  }
}
