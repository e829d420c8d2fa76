import { type Db, type Tx, write } from './connection.ts'
import { groupCommit } from './groupCommit.ts'

/** Writes in one transaction with whatever else is written at the same moment. */
export type WriteTogether = <T>(work: (tx: Tx) => T) => Promise<T>

/** Small writes about people or runs that have nothing to do with each other, in the order they came. One that throws fails those beside it too. */
export function writeTogether(db: Db): WriteTogether {
  const commit = groupCommit<(tx: Tx) => unknown, unknown>((batch) =>
    write(db, (tx) => batch.map((work) => work(tx))),
  )
  return <T>(work: (tx: Tx) => T) => commit(work) as Promise<T>
}
