import type { Api, BodyOf } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'
import * as t from '../../texts/index.ts'
import { api } from '../api/api.ts'
import { tellBulk } from '../list/bulkResult.ts'

type Those = Omit<BodyOf<Api['changeUsers']>, 'verb' | 'roleId'>

/** Lets the next run try people again who could not be reached, and tells how many that are. */
export async function markReachable(those: Those, queries: QueryClient): Promise<void> {
  const result = await api.changeUsers({ body: { verb: 'mark_reachable', ...those } })
  await queries.invalidateQueries({ queryKey: ['users'] })
  const { markedReachable } = t.people.bulk
  await tellBulk(result, { changed: markedReachable, refused: t.forms.refused })
}
