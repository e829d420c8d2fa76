import { type Static, Type } from '@sinclair/typebox'
import { Instant, Nullable, OneOf } from './common.ts'

/** One key of the configuration as it is in effect. */
export const Setting = Type.Object({
  key: Type.String({ description: 'As in a YAML file, e.g. `web.port`' }),
  value: Type.Unknown({ description: 'Of a secret only `set` or `not set`' }),
  secret: Type.Boolean(),
  default: Type.Unknown(),
  source: OneOf(['default', 'file', 'dotenv', 'environment', 'code', 'unknown'], {
    description: '`unknown`: whoever started the bot did not tell',
  }),
  sourceDetail: Nullable(Type.String({ description: 'The file or the variable by name' })),
  env: Type.String({ description: 'Environment variable that sets it' }),
  description: Type.String(),
})
export type Setting = Static<typeof Setting>

/** The configuration in effect and facts of the process; nothing of it is changed here. */
export const Settings = Type.Object({
  file: Nullable(Type.String({ description: 'Configuration file that was read' })),
  items: Type.Array(Setting),
  facts: Type.Object({
    version: Type.String(),
    node: Type.String(),
    platform: Type.String(),
    timezone: Type.String(),
    startedAt: Instant,
    database: Type.Object({ path: Type.String(), sizeBytes: Type.Integer(), schemaVersion: Type.Integer() }),
    retention: Type.Object({ days: Type.Integer(), runsPerJob: Type.Integer() }),
    backups: Type.Object({
      every: Type.String(),
      keep: Type.Integer(),
      folder: Nullable(Type.String()),
      items: Type.Array(Type.Object({ name: Type.String(), at: Instant, sizeBytes: Type.Integer() }), {
        description: 'Newest first',
      }),
    }),
  }),
})
export type Settings = Static<typeof Settings>
