import type { KamihiTelegram } from './client.ts'
import type { Limiter } from './limiter.ts'
import { outcomeOfError } from './sendOutcome.ts'
import type { ReachOutcome } from './telegram.types.ts'
import { inTurn } from './turn.ts'

type Reach = (chatId: number) => Promise<ReachOutcome>

/** Tells whether messages to a chat can arrive: what it shows there, that the bot is typing, goes by itself and notifies nobody. */
export function createReach(client: Pick<KamihiTelegram, 'callApi'>, limiter: Limiter): Reach {
  return (chatId) =>
    inTurn<ReachOutcome>(limiter, chatId, { lane: 'reply' }, async () => {
      try {
        await client.callApi('sendChatAction', { chat_id: chatId, action: 'typing' })
        return { kind: 'reached' }
      } catch (error) {
        return outcomeOfError(error)
      }
    })
}
