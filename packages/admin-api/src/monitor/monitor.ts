import { eventsPath } from '@kamihi/contracts'
import type { Kamihi } from '@kamihi/core'
import type { Jobs } from '@kamihi/jobs'
import type { FastifyInstance } from 'fastify'
import { onceClosed } from '../http/onceClosed.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { measureProcess, type ProcessFacts } from './processFacts.ts'

/** What is watched. */
export interface MonitoredBot {
  kamihi: Kamihi
  jobs: Jobs
  version: string
}

/** What is known of this server and its process while it runs. */
export interface Monitor {
  readonly process: ProcessFacts
  readonly metrics: Metrics
  /** Pages that listen to live events. */
  openStreams(): number
  /** Counts the requests to an app; to be called before its routes are added. */
  watch(app: FastifyInstance): void
}

export function createMonitor(bot: MonitoredBot): Monitor {
  let streams = 0
  const facts = measureProcess(bot.kamihi.clock.now())
  const metrics = createMetrics({ ...bot, process: facts, openStreams: () => streams })
  return {
    process: facts,
    metrics,
    openStreams: () => streams,
    watch(app) {
      app.addHook('onRequest', (request, reply, done) => {
        const startedAt = bot.kamihi.clock.monotonic()
        // The pattern, not the address: each id would be a series of its own.
        const endpoint = request.routeOptions.url ?? 'other'
        const isStream = endpoint === eventsPath
        if (isStream) streams += 1
        onceClosed(request, reply, () => {
          if (isStream) streams -= 1
          metrics.requested({
            method: request.method,
            endpoint,
            status: reply.raw.statusCode,
            seconds: (bot.kamihi.clock.monotonic() - startedAt) / 1000,
            isStream,
          })
        })
        done()
      })
      app.addHook('onClose', async () => facts.stop())
    },
  }
}
