import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'

/** Where the page is that shows this API and lets people try it. */
export const docsPath = '/api/docs'

const files = {
  [docsPath]: { file: 'index.html', type: 'text/html; charset=utf-8' },
  [`${docsPath}/reference.js`]: { file: 'reference.js', type: 'text/javascript; charset=utf-8' },
  [`${docsPath}/reference.css`]: { file: 'reference.css', type: 'text/css; charset=utf-8' },
}

/** The reference of the API: plain files without a secret, that ask for the document with the rights of whoever looks. */
export function docsRoutes(app: FastifyInstance): void {
  for (const [path, { file, type }] of Object.entries(files))
    app.get(path, { config: { needsRole: 'public' } }, async (_, reply) => {
      reply.type(type).header('cache-control', 'no-cache')
      return readFile(new URL(`../../page/${file}`, import.meta.url))
    })
}
