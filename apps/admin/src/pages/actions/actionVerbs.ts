import type { Action } from '@kamihi/contracts'
import type { RowAction } from '../../parts/rowAction.types.ts'
import { open } from '../../router.ts'
import * as t from '../../texts/index.ts'

interface Reasons {
  /** Why nothing can be changed now; null: it can. */
  whyNot: string | null
  /** Why no job can be made now. */
  whyNoJob: string | null
}

/** What can be done with an action in the list. A job is made with one that can be called, as on its own page. */
export function actionVerbs(
  action: Pick<Action, 'name' | 'state'>,
  { whyNot, whyNoJob }: Reasons,
): RowAction[] {
  const name = encodeURIComponent(action.name)
  const unusable = { loaded: null, broken: t.actions.broken, archived: t.actions.archived }[action.state]
  return [
    { label: t.common.view, run: () => open(`/actions/${name}`) },
    { label: t.actions.newJob, disabled: whyNoJob ?? unusable, run: () => open(`/jobs/new?action=${name}`) },
    { label: t.actions.permit, disabled: whyNot, run: () => open(`/permissions/new?action=${name}`) },
  ]
}
