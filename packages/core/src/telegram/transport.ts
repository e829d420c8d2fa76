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
   * @throws an error with the `code` and `syscall` of Node where there is no answer; the signal's reason when it is aborted
   */
  post(path: string, json: string, signal: AbortSignal): Promise<Answer>
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
    async post(path, body, signal) {
      // Loaded by the first call: a bot that only shows its help needs no HTTP.
      agent ??= openAgent(connectMs)
      return dispatch(await agent, { origin, path, method: 'POST', headers, body }, signal)
    },
  }
}

const headers = { 'content-type': 'application/json' }

async function openAgent(connectMs: number): Promise<Agent> {
  const { Agent } = await import('undici')
  // How long an answer may take is the caller's to say, by the signal.
  return new Agent({ connect: { timeout: connectMs }, headersTimeout: 0, bodyTimeout: 0 })
}

function dispatch(agent: Agent, request: Dispatcher.DispatchOptions, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const answer = { status: 0, statusText: '' }
    const chunks: Buffer[] = []
    let controller: Dispatcher.DispatchController | undefined
    const abort = (): void => {
      controller?.abort(signal.reason)
      reject(signal.reason)
    }
    const end = (): void => signal.removeEventListener('abort', abort)
    signal.addEventListener('abort', abort, { once: true })
    agent.dispatch(request, {
      onRequestStart(started) {
        controller = started
        // It waited for a connection meanwhile, and nobody waits for it any more.
        if (signal.aborted) started.abort(signal.reason)
      },
      onResponseStart(_, status, __, statusText = '') {
        Object.assign(answer, { status, statusText })
      },
      onResponseData(_, chunk) {
        chunks.push(chunk)
      },
      onResponseEnd() {
        end()
        resolve({ ...answer, body: Buffer.concat(chunks).toString() })
      },
      onResponseError(_, error) {
        end()
        reject(error)
      },
    })
  })
}
