import { createServer, request } from 'node:http'

export interface Gateway {
  /** Where a browser reaches the server through it. */
  url: string
  close(): Promise<void>
}

/** A proxy in front of a server of this machine; it answers 502 while that server is away, as those of hosters do. */
export async function startProxy(target: string): Promise<Gateway> {
  const { host } = new URL(target)
  const proxy = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host }
    const { method, url } = incoming
    const passed = request(new URL(url ?? '/', target), { ...(method ? { method } : {}), headers })
    passed.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.on('error', () => outgoing.destroy()).pipe(outgoing)
    })
    passed.on('error', () => {
      if (outgoing.headersSent) return outgoing.destroy()
      outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>')
    })
    outgoing.on('close', () => passed.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://localhost:${port}`,
    async close() {
      proxy.closeAllConnections()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}
