// Work on a whole file of SQLite in a thread of its own, since it takes seconds and would stop everything else meanwhile.
// Plain JavaScript: Node starts no thread from TypeScript.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** Longest wait for a lock of another process; this thread has nothing else to do. */
const timeout = 5000
const pagesAStep = 1000

const tasks = {
  /** Copies a file as it is at one moment into an empty one, page by page; free and damaged pages too. */
  async pages({ source, target }) {
    const database = open(source)
    // Without a transaction of its own the copy begins anew at each write of somebody else, and never ends.
    database.exec('begin')
    database.prepare('select count(*) from sqlite_master').get()
    await database.backup(target, {
      progress() {
        parentPort.postMessage({ kind: 'progress' })
        return pagesAStep
      },
    })
    database.close()
    makeSingle(target)
  },

  /** Writes what a file holds at one moment into an empty one, as compact as can be. */
  vacuum({ source, target }) {
    const database = open(source)
    parentPort.postMessage({ kind: 'progress' })
    database.prepare('vacuum into ?').run(target)
    database.close()
    makeSingle(target)
  },

  /** What SQLite finds wrong; `ok` alone when it is nothing. */
  check({ path, pragma }) {
    const database = open(path)
    const rows = database.pragma(pragma)
    database.close()
    const lines = rows.flatMap((row) => String(Object.values(row)[0]).split('\n'))
    return lines.filter((line) => !line.startsWith('*** in database'))
  },
}

/** Whoever may write throws away the journal of a file that is damaged, when it closes it. */
const open = (path) => new Database(path, { readonly: true, fileMustExist: true, timeout })

/** A copy of a file in WAL mode would want a journal beside it wherever it is opened. */
function makeSingle(path) {
  const database = new Database(path, { fileMustExist: true })
  database.pragma('journal_mode = delete')
  database.close()
}

try {
  const result = await tasks[workerData.task](workerData)
  parentPort.postMessage({ kind: 'done', result })
} catch (error) {
  parentPort.postMessage({ kind: 'failed', code: error.code, message: error.message })
}
