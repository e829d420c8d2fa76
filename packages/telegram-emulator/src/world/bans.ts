import { chatOf, memberOf, setMember } from './chats.ts'
import type { World } from './world.ts'

/** Lets a banned person come back at the time until which they are banned, if there is one; nobody is told. */
export function endBanInTime(world: World, chatId: number, userId: number): void {
  const { until } = memberOf(chatOf(world, chatId), userId)
  if (!until) return
  world.clock.at(until * 1000, () => {
    const chat = world.chats.get(chatId)
    const member = chat && memberOf(chat, userId)
    if (chat && member?.status === 'kicked' && member.until === until)
      setMember(world, chat, { userId, status: 'left' })
  })
}
