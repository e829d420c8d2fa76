interface Web {
  host: string
  port: number
  publicUrl: string | null
  allowedHosts: readonly string[]
}

/** Which `Host` headers are ours; anything else is a page of somebody else that resolves to us (DNS rebinding). */
export function allowedHosts(web: Web, port: number): Set<string> {
  const names = ['localhost', '127.0.0.1', '[::1]', web.host]
  const own = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))
  const publicHost = web.publicUrl ? [new URL(web.publicUrl).host] : []
  return new Set([...own, ...publicHost, ...web.allowedHosts].map((host) => host.toLowerCase()))
}

/** Where an app is reached: its hosts, and the origins of its own pages. */
export interface OwnPlaces {
  hosts: ReadonlySet<string>
  origins: ReadonlySet<string>
}

/** Worked out when the port is known, and not again for each request. */
export function ownPlaces(web: Web, https: boolean, port: () => number): () => OwnPlaces {
  const known = { port: Number.NaN, places: { hosts: new Set<string>(), origins: new Set<string>() } }
  return () => {
    if (known.port === port()) return known.places
    const hosts = allowedHosts(web, port())
    const origins = new Set([...hosts].map((host) => `${https ? 'https' : 'http'}://${host}`))
    return Object.assign(known, { port: port(), places: { hosts, origins } }).places
  }
}
