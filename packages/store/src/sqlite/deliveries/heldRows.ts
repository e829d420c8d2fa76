import type { HeldRow, StepStatements } from './statements.ts'

type Output = { output?: unknown[] }

/** Deliveries that a commit works on: each is read once and written once, however many steps it takes. */
export interface HeldRows {
  /** The delivery as it is after the steps so far, or null when the worker does not hold it. */
  held(id: string, worker: string): HeldRow | null
  change(row: HeldRow, fields: Partial<HeldRow> & Output): void
  write(): void
}

export function holdRows(statements: StepStatements): HeldRows {
  const rows = new Map<string, HeldRow & Output>()
  const changed = new Set<string>()
  return {
    held(id, worker) {
      const row = rows.get(id) ?? statements.held.get({ id, worker })
      if (!row || row.leaseWorker !== worker) return null
      rows.set(id, row)
      return row
    },
    change(row, fields) {
      rows.set(row.id, { ...row, ...fields })
      changed.add(row.id)
    },
    write() {
      for (const id of changed) writeRow(statements, rows.get(id) as HeldRow & Output)
      changed.clear()
    },
  }
}

function writeRow(statements: StepStatements, row: HeldRow & Output): void {
  const { output, error, hasOutput, possiblyDuplicated, ...rest } = row
  statements.move.run({
    ...rest,
    hasOutput: Number(hasOutput),
    possiblyDuplicated: Number(possiblyDuplicated),
    error: error ? JSON.stringify(error) : null,
  })
  if (output) statements.keepOutput.run({ id: row.id, output: JSON.stringify(output) })
}
