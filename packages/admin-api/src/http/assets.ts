import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { sendProblem } from '../refusals/errorHandler.ts'
import { isOfTheApi, pathOf } from '../security/apiPath.ts'

/** Folder of the built dashboard. */
export function dashboardFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@kamihi/admin/package.json')), 'dist')
}

/** Serves the dashboard: its files as they are, and its page for every address that a person may open. */
export async function serveDashboard(
  app: FastifyInstance,
  context: ApiContext,
  folder: string,
): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    dotfiles: 'deny',
    index: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      const hashed = path.includes(join(folder, 'assets'))
      response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/', (_, reply) => reply.sendFile('index.html'))
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPage(request))
      return sendProblem(request, reply, 'not_found', {
        detail: `Nothing answers ${request.method} ${pathOf(request)}.`,
      })
    if (
      pathOf(request) === '/setup' &&
      context.setup.isExpired() &&
      !(await context.kamihi.store.accounts.hasOwner())
    )
      context.printSetupLink()
    const page = await readFile(join(folder, 'index.html'), 'utf8')
    return reply.status(200).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  })
}

function isPage(request: FastifyRequest): boolean {
  const path = pathOf(request)
  return (
    request.method === 'GET' &&
    !isOfTheApi(request) &&
    !/\.\w+$/.test(path) &&
    String(request.headers.accept ?? '').includes('text/html')
  )
}
