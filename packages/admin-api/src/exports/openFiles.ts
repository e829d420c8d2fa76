import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FastifyInstance } from 'fastify'
import { ApiProblem } from '../refusals/problem.ts'

/** Files that may be on their way at once, and of them those of one account or token: who does not read theirs keeps nobody else from it. */
const most = 10
const mostEach = 2

/** Files that are being read. */
export interface OpenFiles {
  /**
   * A file for somebody, who has a place for it from before it is made until it has ended.
   * @throws ApiProblem when there are as many as there may be
   */
  open(owner: string, make: () => Promise<Readable>): Promise<Readable>
}

interface Place {
  owner: string
  /** What is read there, and when that has ended; null while it is made. */
  held: { file: Readable; ended: Promise<void> } | null
}

/** Watches over the files that are read; those that are when the server stops are broken off. */
export function createOpenFiles(app: FastifyInstance): OpenFiles {
  const places = new Set<Place>()
  app.addHook('preClose', async () => {
    const ends = [...places].map(({ held }) => {
      held?.file.destroy(new Error('The server stops.'))
      return held?.ended
    })
    await Promise.all(ends)
  })
  return {
    async open(owner, make) {
      checkRoom([...places], owner)
      const place: Place = { owner, held: null }
      places.add(place)
      const leave = () => void places.delete(place)
      try {
        const file = await make()
        place.held = { file, ended: finished(file).then(leave, leave) }
        return file
      } catch (error) {
        leave()
        throw error
      }
    },
  }
}

function checkRoom(places: Place[], owner: string): void {
  const mine = places.filter((place) => place.owner === owner).length
  if (places.length < most && mine < mostEach) return
  const detail = mine < mostEach ? 'Too many exports are going on.' : 'Two exports of yours are going on.'
  throw new ApiProblem('unavailable', { detail: `${detail} Wait for one to end.`, retryAfterSeconds: 5 })
}
