import type { FastifyInstance } from 'fastify'
import type { EmulatorControl } from './control.ts'
import type { State } from './state.ts'
import type { EmulatorEvent } from './types.ts'

/** Calls of the control API that are plain data: `POST /_emu/<name>` with the arguments as a JSON list. */
export const controlCalls = [
  'addUser',
  'users',
  'start',
  'say',
  'click',
  'edit',
  'block',
  'unblock',
  'messages',
  'calls',
  'commandsFor',
  'fail',
  'reset',
  'time',
  'advance',
  'advanceToDue',
  'freeze',
  'resume',
  'announce',
] as const

/** The control API over HTTP, and what happens as server-sent events. */
export function controlRoutes(app: FastifyInstance, state: State, control: EmulatorControl): void {
  for (const name of controlCalls) {
    app.post(`/_emu/${name}`, async (request, reply) => {
      const args = Array.isArray(request.body) ? (request.body as unknown[]) : []
      try {
        const result = await (control[name] as (...args: unknown[]) => Promise<unknown>)(...args)
        return reply.send({ result: result ?? null })
      } catch (error) {
        return reply.status(400).send({ error: error instanceof Error ? error.message : String(error) })
      }
    })
  }
  app.get('/_emu/bot', async () => state.bot)
  app.get('/_emu/events', async (_, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    })
    reply.raw.write('retry: 1000\n\n')
    const listener = (event: EmulatorEvent) => void reply.raw.write(`data: ${JSON.stringify(event)}\n\n`)
    state.listeners.add(listener)
    reply.raw.on('close', () => state.listeners.delete(listener))
  })
}
