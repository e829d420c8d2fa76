const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])

/**
 * Refuses to listen where strangers could reach it, unless the address people use is named (security: who can reach the port).
 * @throws Error that names the keys.
 */
export function checkExposure(web: {
  host: string
  publicUrl: string | null
  insecure: boolean
  trustedProxies: readonly string[]
}): void {
  if (!loopback.has(web.host) && web.publicUrl === null) {
    throw new Error(
      `web.host is "${web.host}", which other machines can reach. Set web.public_url to the address people use, or web.host to localhost.`,
    )
  }
  if (web.publicUrl === null) return
  const url = new URL(web.publicUrl)
  if (url.protocol === 'http:' && !loopback.has(url.hostname) && !web.insecure) {
    throw new Error(
      `web.public_url is "${web.publicUrl}": passwords would travel unprotected. Use https, or set web.insecure to true.`,
    )
  }
  if (url.protocol === 'https:' && web.trustedProxies.length === 0) {
    throw new Error(
      `web.public_url is "${web.publicUrl}": set web.trusted_proxies to the address of the proxy that ends TLS, e.g. [127.0.0.1] for one on this machine. Without it everybody would be one caller, and who guesses passwords would shut out all others.`,
    )
  }
}
