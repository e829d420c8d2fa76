export interface GroupCommitOptions {
  /** Calls that are committed together at most. Default 256. */
  largest?: number
  /** Milliseconds that a call may wait for others while commits follow each other closely. Default 4. */
  lingerMs?: number
}

/**
 * Collects calls and commits them together: a full synchronous write costs about the same for one row as for a hundred. A call that
 * comes alone is committed in the same turn of the loop; in a crowd it waits a little for the others. Each caller gets its own
 * result; a failed commit fails them all.
 */
export function groupCommit<I, O>(
  commit: (batch: I[]) => Promise<O[]>,
  { largest = 256, lingerMs = 4 }: GroupCommitOptions = {},
): (input: I) => Promise<O> {
  let waiting: { input: I; resolve: (output: O) => void; reject: (error: unknown) => void }[] = []
  let scheduled = false
  let crowded = false

  const flush = async (): Promise<void> => {
    scheduled = false
    const batch = waiting.slice(0, largest)
    waiting = waiting.slice(largest)
    // More than one at a time are probably not the last ones.
    crowded = batch.length > 1
    if (waiting.length > 0) schedule()
    try {
      const outputs = await commit(batch.map(({ input }) => input))
      batch.forEach(({ resolve }, index) => {
        resolve(outputs[index] as O)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  const schedule = () => {
    if (scheduled) return
    scheduled = true
    if (crowded && waiting.length < largest) setTimeout(() => void flush(), lingerMs)
    else setImmediate(() => void flush())
  }
  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject })
      schedule()
    })
}
