import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

const pagePolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: ['svelte-trusted-html'],
}

/** The reference of the API is a page, though it lies beside the API. */
const isDocsPage = (url: string): boolean => /^\/api\/docs(?=$|[/?])/.test(url)

/** Headers of every answer. Helmet's defaults send HSTS over http and allow inline styles, so all of it is set here. */
export async function setHeaders(
  app: FastifyInstance,
  options: { https: boolean; now: () => number },
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: pagePolicy },
    strictTransportSecurity: options.https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header(
      'permissions-policy',
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()',
    )
    if (!request.url.startsWith('/api/') || isDocsPage(request.url)) return
    reply.header('cache-control', 'no-store')
    // Dashboards count down by the time of the bot, which may not be that of the browser.
    reply.header('x-kamihi-time', String(options.now()))
    reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  })
}
