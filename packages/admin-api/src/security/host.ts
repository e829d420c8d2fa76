/** Which `Host` headers are ours; anything else is a page of somebody else that resolves to us (DNS rebinding). */
export function allowedHosts(
  web: { host: string; port: number; publicUrl: string | null; allowedHosts: readonly string[] },
  port: number,
): Set<string> {
  const names = ['localhost', '127.0.0.1', '[::1]', web.host]
  const own = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))
  const publicHost = web.publicUrl ? [new URL(web.publicUrl).host] : []
  return new Set([...own, ...publicHost, ...web.allowedHosts].map((host) => host.toLowerCase()))
}
