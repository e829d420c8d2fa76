import type { Action } from '@kamihi/contracts'
import type { Kamihi } from '@kamihi/core'
import type { ActionRecord } from '@kamihi/store'

const weekMs = 7 * 86_400_000

/** When the last seven days began, as epoch ms. */
export const weekAgo = ({ clock }: Pick<Kamihi, 'clock'>): number => clock.now() - weekMs

/** Actions with how their runs of the last seven days went. */
export async function withLastWeek(kamihi: Kamihi, actions: ActionRecord[]): Promise<Action[]> {
  const names = actions.map(({ name }) => name)
  const counted = await kamihi.store.actions.runsSince(names, weekAgo(kamihi))
  return actions.map((action) => ({
    ...action,
    lastWeek: counted.get(action.name) ?? { runs: 0, failed: 0 },
  }))
}
