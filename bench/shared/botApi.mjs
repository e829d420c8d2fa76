import { startChild } from './child.mjs'

/** Any token of the right shape. */
export const token = '1000000001:kamihi-bench-token-of-35-letters-xx'

/** Starts a loopback Bot API that answers after `latencyMs`. */
export async function startBotApi({ latencyMs = 0 } = {}) {
  const child = startChild('shared/botApiServer.mjs', { latencyMs })
  const { url } = await child.next()
  return {
    url,
    /** `messages` taken, from how many `chats`, how many of them were not a chat's first (`again`), when the first and the last came, and how many were in the air at the same time. */
    report: () => child.ask('report'),
    reset: () => child.ask('reset'),
    stop: () => child.kill(),
  }
}
