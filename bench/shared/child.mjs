// Scripts in processes of their own, spoken with by messages.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { atEnd } from './cleanUp.mjs'

/**
 * Starts a script of the benches in another process; `options` reaches it through `childOptions`.
 * @param {string} script path below `bench/`
 */
export function startChild(script, options = {}, { execArgv = [] } = {}) {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url))
  const child = fork(path, [JSON.stringify(options)], { execArgv })
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  atEnd(() => child.kill('SIGKILL'))
  const messages = []
  const readers = []
  child.on('message', (message) => {
    const reader = readers.shift()
    if (reader) reader(message)
    else messages.push(message)
  })
  const next = () =>
    messages.length > 0
      ? Promise.resolve(messages.shift())
      : Promise.race([
          new Promise((resolve) => readers.push(resolve)),
          ended.then(({ code, signal }) => {
            throw new Error(`${script} ended (${signal ?? code}) before it answered`)
          }),
        ])
  return {
    pid: child.pid,
    /** Resolves when the process has ended. */
    ended,
    /** The next message of the child. */
    next,
    async ask(message) {
      child.send(message)
      return next()
    },
    send: (message) => child.send(message),
    async kill(signal = 'SIGKILL') {
      child.kill(signal)
      return ended
    },
  }
}

/** In a child: what it was started with. */
export function childOptions() {
  // Nobody reads the answers of a child whose bench is gone.
  process.on('disconnect', () => process.exit())
  return JSON.parse(process.argv[2] ?? '{}')
}
