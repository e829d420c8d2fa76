import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WebhookBody } from '@kamihi/contracts'
import { onTestFinished } from 'vitest'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  text: string
  body: WebhookBody
}

export interface Receiver {
  url: string
  received: Received[]
  /** How it answers from now on. */
  answer: { status: number; headers: Record<string, string> }
}

/** A real server that keeps what it is sent. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const receiver: Receiver = { url: '', received, answer: { status: 204, headers: {} } }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    received.push({
      path: request.url ?? '',
      headers: request.headers,
      text,
      body: JSON.parse(text || '{}') as WebhookBody,
    })
    response.writeHead(receiver.answer.status, receiver.answer.headers).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return receiver
}
