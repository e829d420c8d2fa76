import type { Run } from '@kamihi/contracts'
import { api } from '../api/api.ts'
import { missedOut } from '../home/verdict.ts'

/** Why a run did not reach people: asked for once somebody missed out. */
export const reasonsQuery = ({ id, counts }: Pick<Run, 'id' | 'counts'>) => ({
  queryKey: ['runs', 'one', id, 'reasons'],
  queryFn: () => api.listRunReasons({ params: { id } }),
  enabled: missedOut(counts) > 0,
})
