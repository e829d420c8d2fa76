import type { TryOutcome } from './attempts.ts'

/** Makes one request; never rejects. */
export type WebhookTransport = (request: {
  url: string
  headers: Record<string, string>
  body: string
  signal: AbortSignal
}) => Promise<TryOutcome>

/** Whoever does not answer by then is asked again later. */
const patienceMs = 10_000

/** By HTTP. A redirect is an answer and not followed: it could lead where the operator did not mean. */
export const httpTransport: WebhookTransport = async ({ url, headers, body, signal }) => {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: limit })
    await response.body?.cancel()
    return { kind: 'answered', status: response.status }
  } catch (error) {
    return { kind: 'unanswered', error: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `It did not answer within ${patienceMs / 1000} seconds.`
  const { cause } = error
  return cause instanceof Error ? `It cannot be reached: ${cause.message}` : error.message
}
