import { type Static, type TObject, Type } from '@sinclair/typebox'
import { OneOf } from './common.ts'

export const exportFormats = ['csv', 'json'] as const
export const ExportFormat = OneOf(exportFormats, {
  description: '`csv`: for spreadsheets, one column a field · `json`: an array of what the list shows',
})
export type ExportFormat = Static<typeof ExportFormat>

/** What an export is asked with: the search, filters and order of its list. All that the list finds comes at once, so that it has no page. */
export const exportOf = <Q extends TObject>(query: Q) =>
  Type.Composite([Type.Object({ format: ExportFormat }), Type.Omit(query, ['limit', 'cursor'])], {
    additionalProperties: false,
  })
