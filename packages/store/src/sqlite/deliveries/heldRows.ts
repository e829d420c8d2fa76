import { type HeldRow, light, type StepStatements } from './statements.ts'

type Output = { output?: unknown[] }

/** Deliveries that a commit works on: each is read once and written once, however many steps it takes. */
export interface HeldRows {
  /** The delivery as it is after the steps so far, or null when the worker does not hold it. */
  held(id: string, worker: string): HeldRow | null
  change(row: HeldRow, fields: Partial<HeldRow> & Output): void
  write(): void
}

/** What a light step changes; an output has a statement of its own. */
const lightFields: ReadonlySet<string> = new Set([...Object.keys(light), 'output'])

export function holdRows(statements: StepStatements): HeldRows {
  const rows = new Map<string, HeldRow & Output>()
  /** Changed deliveries, and whether all of their columns have to be written. */
  const changed = new Map<string, boolean>()
  return {
    held(id, worker) {
      const row = rows.get(id) ?? statements.held.get({ id, worker })
      if (!row || row.leaseWorker !== worker) return null
      rows.set(id, row)
      return row
    },
    change(row, fields) {
      rows.set(row.id, { ...row, ...fields })
      changed.set(row.id, changed.get(row.id) || isHeavy(row, fields))
    },
    write() {
      for (const [id, whole] of changed) writeRow(statements, rows.get(id) as HeldRow & Output, whole)
      changed.clear()
    },
  }
}

function isHeavy(row: HeldRow, fields: Partial<HeldRow>): boolean {
  for (const [name, value] of Object.entries(fields))
    if (!lightFields.has(name) && value !== row[name as keyof HeldRow]) return true
  return false
}

function writeRow(statements: StepStatements, row: HeldRow & Output, whole: boolean): void {
  const { output, error } = row
  const values = { ...row, hasOutput: Number(row.hasOutput) }
  if (whole)
    statements.move.run({
      ...values,
      possiblyDuplicated: Number(row.possiblyDuplicated),
      error: error ? JSON.stringify(error) : null,
    })
  else statements.advance.run(values)
  if (output) statements.keepOutput.run({ id: row.id, output: JSON.stringify(output) })
}
