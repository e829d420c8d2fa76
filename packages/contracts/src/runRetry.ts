import { type Static, Type } from '@sinclair/typebox'
import { mostAtOnce } from './bulk.ts'
import { Id } from './common.ts'
import { Reachability } from './user.ts'

/** For whom sending a run again is: those whom neither it nor an earlier retry of it has reached. */
export const RetryOutlook = Type.Object({
  reachable: Type.Integer({ description: 'People who can be reached as far as is known now' }),
  unreachable: Type.Array(Type.Object({ reachability: Reachability, count: Type.Integer() }), {
    description: 'People who cannot: they are tried too, and get it only if they have come back',
  }),
})
export type RetryOutlook = Static<typeof RetryOutlook>

/** Some deliveries of a run. */
export const DeliveriesChosen = Type.Object(
  { ids: Type.Array(Id, { minItems: 1, maxItems: mostAtOnce }) },
  { additionalProperties: false },
)
export type DeliveriesChosen = Static<typeof DeliveriesChosen>
