import type { FastifyInstance, FastifyRequest } from 'fastify'
import { docsPath } from '../routes/docs.ts'
import { isOfTheApi, pathOf } from './apiPath.ts'

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
const isDocsPage = (request: FastifyRequest): boolean => `${pathOf(request)}/`.startsWith(`${docsPath}/`)

const isKeptByNobody = (request: FastifyRequest): boolean => isOfTheApi(request) && !isDocsPage(request)

/** Headers of every answer, written out: a middleware that puts them together would do so for each request. */
export function setHeaders(app: FastifyInstance, options: { https: boolean; now: () => number }): void {
  const general = options.https ? { ...always, ...overHttps } : always
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(general)
    if (isKeptByNobody(request)) reply.headers(ofTheApi)
    done()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    // Dashboards count down by the time of the bot, which may not be that of the browser.
    if (isKeptByNobody(request)) reply.header('x-kamihi-time', String(options.now()))
    done(null, payload)
  })
}
