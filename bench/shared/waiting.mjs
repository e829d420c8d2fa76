import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A port of this machine that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** Asks again and again until it is so. @throws Error with `otherwise` after `patienceMs` */
export async function until(isSo, otherwise, patienceMs = 15_000) {
  const last = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > last) throw new Error(otherwise)
    await pause(50)
  }
}
