import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FastifyInstance } from 'fastify'
import { ApiProblem } from '../problem.ts'

/** Files that may be on their way at once, and of them those of one account or token: who does not read theirs keeps nobody else from it. */
const most = 10
const mostEach = 2

/** Files that are being read. */
export interface OpenFiles {
  /** @throws ApiProblem when there are as many as there may be */
  checkRoom(owner: string): void
  add(file: Readable, owner: string): void
}

/** Watches over the files that are read; those that are when the server stops are broken off. */
export function createOpenFiles(app: FastifyInstance): OpenFiles {
  const open = new Map<Readable, { owner: string; ended: Promise<void> }>()
  app.addHook('preClose', async () => {
    const ends = [...open].map(([file, { ended }]) => {
      file.destroy(new Error('The server stops.'))
      return ended
    })
    await Promise.all(ends)
  })
  return {
    checkRoom(owner) {
      const mine = [...open.values()].filter((file) => file.owner === owner).length
      if (open.size < most && mine < mostEach) return
      const detail = mine < mostEach ? 'Too many exports are going on.' : 'Two exports of yours are going on.'
      throw new ApiProblem('unavailable', { detail: `${detail} Wait for one to end.`, retryAfterSeconds: 5 })
    },
    add(file, owner) {
      const ended = finished(file).then(
        () => {},
        () => {},
      )
      open.set(file, { owner, ended })
      void ended.then(() => open.delete(file))
    },
  }
}
