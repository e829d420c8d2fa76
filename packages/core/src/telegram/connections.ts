import { Agent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'

/**
 * The connections of calls that carry a file. Keeps them open between calls, and gives up on those that do not come about, so that
 * silence before the request was written is not taken for silence after.
 */
export function connectionsTo(apiRoot: string, timeoutMs: number): Agent {
  const isTls = apiRoot.startsWith('https:')
  const options = { keepAlive: true, keepAliveMsecs: 10_000 }
  const agent = isTls ? new TlsAgent(options) : new Agent(options)
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (request, done) => {
    const socket = connect(request, done)
    if (!socket) return socket
    const timer = setTimeout(() => socket.destroy(timeoutError()), timeoutMs)
    const stop = (): void => clearTimeout(timer)
    socket.once(isTls ? 'secureConnect' : 'connect', stop)
    socket.once('close', stop)
    return socket
  }
  return agent
}

/** As the kernel would say it, some two minutes later. */
const timeoutError = (): Error => Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT' })
