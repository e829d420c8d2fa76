import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, Nullable } from './common.ts'
import { hiddenFromViewers } from './hidden.ts'
import { JobName } from './overview.ts'
import { RunState } from './run.ts'

export const SearchQuery = Type.Object(
  { q: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
)
export type SearchQuery = Static<typeof SearchQuery>

/** What is found by a few letters, at most five of each kind. */
export const SearchResult = Type.Object({
  jobs: Type.Array(JobName),
  users: Type.Array(
    Type.Object({ id: Id, name: Nullable(Type.String()), telegramId: hiddenFromViewers(Type.Integer(), 0) }),
  ),
  roles: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  actions: Type.Array(Type.Object({ name: Type.String(), description: Nullable(Type.String()) })),
  runs: Type.Array(
    Type.Object({ id: Id, jobId: Id, action: Type.String(), state: RunState, scheduledFor: Instant }),
    { description: 'By the first characters of their ids, four at least' },
  ),
})
export type SearchResult = Static<typeof SearchResult>
