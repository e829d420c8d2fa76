import type { ExportFormat } from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import { columnsOf, csvLine, valueAt } from './csv.ts'

/** How a list becomes the text of a file, row by row. */
export interface FileFormat {
  contentType: string
  begin: string
  /** Text of a row, which comes as JSON; `index` counts all rows of the file. */
  row(json: string, index: number): string
  end: string
}

/** Programs that open CSV files take them for another encoding without it. */
const byteOrderMark = '\uFEFF'

/** The format of a file with rows of a schema. */
export const fileFormats: Record<ExportFormat, (schema: TSchema) => FileFormat> = {
  csv(schema) {
    const columns = columnsOf(schema)
    return {
      contentType: 'text/csv; charset=utf-8',
      begin: byteOrderMark + csvLine(columns.map(({ name }) => name)),
      row: (json) => {
        const item: unknown = JSON.parse(json)
        return csvLine(columns.map((column) => valueAt(item, column)))
      },
      end: '',
    }
  },
  json: () => ({
    contentType: 'application/json; charset=utf-8',
    begin: '[',
    row: (json, index) => `${index === 0 ? '\n' : ',\n'}${json}`,
    end: '\n]\n',
  }),
}
