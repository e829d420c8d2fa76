// Counts what reaches the disk: each transaction of SQLite that is committed with `synchronous: full` is one fsync of the log.
import { Database } from './modules.mjs'

let commits = 0
const original = Database.prototype.transaction

Database.prototype.transaction = function (work) {
  const transaction = original.call(this, work)
  const counted = (kind) =>
    function (...args) {
      const isOuter = !transaction.database.inTransaction
      const result = transaction[kind].apply(this, args)
      if (isOuter) commits += 1
      return result
    }
  const kinds = ['deferred', 'immediate', 'exclusive']
  return Object.assign(counted('default'), Object.fromEntries(kinds.map((kind) => [kind, counted(kind)])))
}

/** Transactions committed by this process so far. */
export const commitsSoFar = () => commits
