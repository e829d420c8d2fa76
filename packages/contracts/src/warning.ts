import { type Static, Type } from '@sinclair/typebox'
import { Issue } from './issue.ts'

/** Something that is allowed but probably not what was meant; `path` is a JSON pointer into the request. */
export const Warning = Type.Object({
  code: Type.String(),
  path: Type.String(),
  message: Type.String({ description: 'In English' }),
  issue: Type.Optional(Issue),
})
export type Warning = Static<typeof Warning>
