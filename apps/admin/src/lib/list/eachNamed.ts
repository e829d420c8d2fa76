import { ApiError } from '@kamihi/contracts/client'
import * as t from '../../texts/index.ts'
import type { Choice } from './choices.ts'

/** Choices that are asked for one by one; what was deleted meanwhile is called so. */
export const eachNamed = (ids: string[], find: (id: string) => Promise<Choice>): Promise<Choice[]> =>
  Promise.all(
    ids.map((id) =>
      find(id).catch((refusal: unknown) => {
        if (!isGone(refusal)) throw refusal
        return { id, label: t.forms.deleted, detail: '' }
      }),
    ),
  )

const isGone = (refusal: unknown): boolean =>
  refusal instanceof ApiError && refusal.problem.code === 'not_found'
