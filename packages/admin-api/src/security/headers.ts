import type { FastifyInstance } from 'fastify'

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join(';')

const always = {
  'content-security-policy': pagePolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  // What old browsers did about scripts in addresses could itself be abused.
  'x-xss-protection': '0',
}

const ofTheApi = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

const overHttps = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

/** The reference of the API is a page, though it lies beside the API. */
const isDocsPage = (url: string): boolean => /^\/api\/docs(?=$|[/?])/.test(url)

/** Headers of every answer, written out: a middleware that puts them together would do so for each request. */
export function setHeaders(app: FastifyInstance, options: { https: boolean; now: () => number }): void {
  const general = options.https ? { ...always, ...overHttps } : always
  app.addHook('onRequest', (_, reply, done) => {
    reply.headers(general)
    done()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/api/') && !isDocsPage(request.url)) {
      reply.headers(ofTheApi)
      // Dashboards count down by the time of the bot, which may not be that of the browser.
      reply.header('x-kamihi-time', String(options.now()))
    }
    done(null, payload)
  })
}
