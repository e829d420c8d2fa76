/**
 * Collects calls that arrive in one turn of the loop and commits them together: a full synchronous write costs about the same for one
 * row as for a hundred. Each caller gets its own result; a failed commit fails them all.
 */
export function groupCommit<I, O>(
  commit: (batch: I[]) => Promise<O[]>,
  largest = 256,
): (input: I) => Promise<O> {
  const waiting: { input: I; resolve: (output: O) => void; reject: (error: unknown) => void }[] = []
  let scheduled = false

  const flush = async (): Promise<void> => {
    scheduled = false
    const batch = waiting.splice(0, largest)
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
    setImmediate(() => void flush())
  }
  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject })
      schedule()
    })
}
