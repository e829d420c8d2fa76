/** The actions that run now, to tell which of them keeps everything else waiting. */
export interface RunningActions {
  /** Calls an action, and knows that it runs until it ends, also when nobody waits for it any more. */
  track<T>(action: string, work: () => T | Promise<T>): Promise<T>
  /** Names of the actions that ran at some moment since this was asked last, in the order they began. */
  sinceLast(): string[]
}

export function createRunningActions(): RunningActions {
  const running = new Map<symbol, string>()
  /** Ended since it was asked last: an action that never waits has ended before anybody can ask. */
  const ended: string[] = []
  const end = (id: symbol): void => {
    ended.push(running.get(id) ?? '')
    running.delete(id)
    // Of a burst of short ones only the last can have been the one that held everything up.
    if (ended.length > mostEnded) ended.shift()
  }
  return {
    track(action, work) {
      const id = Symbol(action)
      return Promise.resolve()
        .then(() => {
          running.set(id, action)
          return work()
        })
        .finally(() => end(id))
    },
    sinceLast: () => [...new Set([...ended.splice(0), ...running.values()])],
  }
}

const mostEnded = 100
