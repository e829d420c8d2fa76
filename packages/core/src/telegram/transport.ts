import type { Agent, Dispatcher } from 'undici'

/** What a server answered, whatever it is. */
export interface Answer {
  status: number
  statusText: string
  body: string
}

export interface Transport {
  /**
   * Posts JSON and resolves with whatever is answered.
   * @throws an error with the `code` and `syscall` of Node where there is no answer, or as `patience` says
   */
  post(path: string, json: string, patience: Patience): Promise<Answer>
}

/** When a call is given up. */
export interface Patience {
  /** It is given up with the reason of this signal. */
  signal?: AbortSignal | undefined
  /** Longest wait for the whole answer, in milliseconds. */
  answerMs?: number | undefined
}

/**
 * Speaks HTTP over connections that are kept open. telegraf's own way, node-fetch, takes the time of two and a half
 * such calls, which is more than all that a delivery writes to the database.
 * @param origin like `https://api.telegram.org`
 * @param connectMs longest wait for a connection, in milliseconds: silence before the request was written is not to be taken for silence after
 */
export function createTransport(origin: string, connectMs: number): Transport {
  let agent: Promise<Agent> | undefined
  return {
    async post(path, body, patience) {
      // Loaded by the first call: a bot that only shows its help needs no HTTP.
      agent ??= openAgent(connectMs)
      return dispatch(await agent, { origin, path, method: 'POST', headers, body }, patience)
    },
  }
}

export const noAnswerWithin = (ms: number, cause?: unknown): Error =>
  new Error(`Telegram did not answer within ${ms / 1000} s.`, { cause })

const headers = { 'content-type': 'application/json' }

async function openAgent(connectMs: number): Promise<Agent> {
  const { Agent } = await import('undici')
  // How long an answer may take is the caller's to say.
  return new Agent({ connect: { timeout: connectMs }, headersTimeout: 0, bodyTimeout: 0 })
}

function dispatch(
  agent: Agent,
  request: Dispatcher.DispatchOptions,
  { signal, answerMs }: Patience,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const answer: Answer = { status: 0, statusText: '', body: '' }
    const chunks: Buffer[] = []
    let controller: Dispatcher.DispatchController | undefined
    let givenUp: Error | undefined
    const giveUp = (reason: Error): void => {
      givenUp = reason
      end()
      controller?.abort(reason)
      reject(reason)
    }
    const abort = () => giveUp(signal?.reason)
    const timer = answerMs && setTimeout(() => giveUp(noAnswerWithin(answerMs)), answerMs)
    const end = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    signal?.addEventListener('abort', abort, { once: true })
    agent.dispatch(request, {
      onRequestStart(started) {
        controller = started
        // It waited for a connection meanwhile, and nobody waits for it any more.
        if (givenUp) started.abort(givenUp)
      },
      onResponseStart(_, status, __, statusText = '') {
        answer.status = status
        answer.statusText = statusText
      },
      onResponseData(_, chunk) {
        chunks.push(chunk)
      },
      onResponseEnd() {
        end()
        answer.body = (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString()
        resolve(answer)
      },
      onResponseError(_, error) {
        end()
        reject(error)
      },
    })
  })
}
