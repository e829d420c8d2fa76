import Database from 'better-sqlite3'
import {
  deliveryCorrections,
  deliveryMoves,
  deliveryStarts,
  runCorrections,
  runMoves,
  runStarts,
} from '../../src/states.ts'

export type Kind = 'runs' | 'deliveries'

/** With the moves that only a person makes. */
const tables: Record<Kind, { moves: Record<string, readonly string[]>; starts: readonly string[] }> = {
  runs: { moves: { ...runMoves, ...runCorrections }, starts: runStarts },
  deliveries: { moves: { ...deliveryMoves, ...deliveryCorrections }, starts: deliveryStarts },
}

/** A move as `from → to`; rows are born from `-`. */
export const movesOf = (kind: Kind): string[] => [
  ...tables[kind].starts.map((to) => `- → ${to}`),
  ...Object.entries(tables[kind].moves).flatMap(([from, ends]) => ends.map((to) => `${from} → ${to}`)),
]

/** Moves that several steps of one commit may make together: they are written as one. */
function movesThrough(kind: Kind): string[] {
  const { moves, starts } = tables[kind]
  const ends = (from: string) => {
    const found = new Set(moves[from])
    for (const state of found) for (const next of moves[state] ?? []) found.add(next)
    return [...found].map((to) => `${from} → ${to}`)
  }
  return [...starts.map((to) => `- → ${to}`), ...Object.keys(moves).flatMap(ends)]
}

/**
 * Makes SQLite itself refuse a state that the tables of `states.ts` do not allow, whoever writes it and however, and remember each move.
 * Every file of the tests has it, so that no code moves a row past the tables. `stepwise`: each step is recorded by itself.
 */
export function guardMoves(path: string, { stepwise = false } = {}): void {
  const db = new Database(path)
  db.exec('create table if not exists moves_seen (kind text, move text, primary key (kind, move)) strict')
  db.exec(triggers('runs', movesOf('runs')))
  db.exec(triggers('deliveries', stepwise ? movesOf('deliveries') : movesThrough('deliveries')))
  db.close()
}

function triggers(kind: Kind, moves: string[]): string {
  const allowed = moves.map((move) => `'${move}'`).join(',')
  const guard = (when: 'insert' | 'update', move: string, changed: string) => `
    create trigger if not exists ${kind}_${when}_guard after ${when} on ${kind} when ${changed} begin
      select raise(abort, '${kind} may not move ' || ${move}) where ${move} not in (${allowed});
      insert or ignore into moves_seen values ('${kind}', ${move});
    end;`
  return (
    guard('insert', `'- → ' || new.state`, '1') +
    guard('update', `old.state || ' → ' || new.state`, 'new.state <> old.state')
  )
}

/** Every move that rows of this file made. */
export function movesSeen(path: string, kind: Kind): string[] {
  const db = new Database(path, { readonly: true })
  const rows = db.prepare('select move from moves_seen where kind = ?').all(kind) as { move: string }[]
  db.close()
  return rows.map(({ move }) => move)
}
