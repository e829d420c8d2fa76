import { Worker } from 'node:worker_threads'

/** `pages` copies every page, `vacuum` leaves out the free ones. */
export type CopyMethod = 'pages' | 'vacuum'
/** `quick` leaves out the comparison of indexes with their tables, and misses some damage. */
export type Depth = 'quick' | 'full'

interface Progress {
  signal?: AbortSignal
  /** Called now and then while a file is copied; what it throws ends the work. */
  onProgress?: () => void
}

/** Fills an empty file with what a database holds at one moment, whatever is written meanwhile. Errors are those of SQLite. */
export async function copyDatabase(
  source: string,
  target: string,
  method: CopyMethod,
  progress: Progress = {},
): Promise<void> {
  await inThread({ task: method, source, target }, progress)
}

/**
 * What SQLite finds wrong in a file, at most twenty lines; empty when it is sound. Reads all of it: some seconds for a gigabyte. A file
 * that is no database, or too damaged to be looked at, is told in SQLite's words.
 */
export async function damageIn(path: string, depth: Depth, signal?: AbortSignal): Promise<string[]> {
  const pragma = depth === 'quick' ? 'quick_check(20)' : 'integrity_check(20)'
  try {
    const found = await inThread({ task: 'check', path, pragma }, signal ? { signal } : {})
    return (found as string[])[0] === 'ok' ? [] : (found as string[])
  } catch (error) {
    if (isDamage(error)) return [(error as Error).message]
    throw error
  }
}

/** True for what SQLite says of a file that is damaged or no database. */
export const isDamage = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB)/.test(String((error as { code?: unknown } | null)?.code))

const file = new URL('../../workers/fileWork.mjs', import.meta.url)

type Message =
  | { kind: 'progress' }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; code: string; message: string }

function inThread(workerData: object, { signal, onProgress }: Progress): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    // Options of this process, such as hooks of its loader, are none of the thread's.
    const worker = new Worker(file, { execArgv: [], workerData })
    let why: unknown = new Error('The thread ended before its work.')
    const giveUp = (reason: unknown) => {
      why = reason
      void worker.terminate()
    }
    const abort = () => giveUp(signal?.reason)
    signal?.addEventListener('abort', abort, { once: true })
    worker.on('message', (message: Message) => {
      if (message.kind === 'done') return resolve(message.result)
      if (message.kind === 'failed')
        return reject(Object.assign(new Error(message.message), { code: message.code }))
      try {
        onProgress?.()
      } catch (error) {
        giveUp(error)
      }
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      signal?.removeEventListener('abort', abort)
      reject(why)
    })
  })
}
