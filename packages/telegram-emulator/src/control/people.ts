import { setBlocked, setBotStatus } from '../acts/botMembership.ts'
import { requestToJoin } from '../acts/joinRequests.ts'
import { join, leave, migrate } from '../acts/membership.ts'
import { say } from '../acts/write.ts'
import { chatOf, openChat, personOf } from '../world/chats.ts'
import type { World } from '../world/world.ts'
import type { ChatControl, PeopleControl } from './control.ts'

export function peopleControl(world: World): PeopleControl {
  const change = (userId: number, fields: object): void => {
    Object.assign(personOf(world, userId), fields)
    world.emit({ type: 'people' })
  }
  return {
    async addUser(user) {
      const known = world.users.get(user.id)
      const { started = true, blocked = false, deactivated = false, pinned } = known ?? {}
      const added = { started, blocked, deactivated, ...(pinned ? { pinned } : {}), ...user }
      world.users.set(user.id, added)
      world.emit({ type: 'people' })
      return added
    },
    users: async () => [...world.users.values()],
    async start(userId) {
      change(userId, { started: true })
      say(world, personOf(world, userId), '/start')
    },
    block: async (userId) => setBlocked(world, personOf(world, userId), true),
    unblock: async (userId) => setBlocked(world, personOf(world, userId), false),
    deactivate: async (userId) => change(userId, { deactivated: true }),
  }
}

export const chatControl = (world: World): ChatControl => ({
  addChat: async (chat) => openChat(world, chat),
  chats: async () => [...world.chats.values()],
  join: async (userId, chatId) => join(world, personOf(world, userId), chatOf(world, chatId)),
  leave: async (userId, chatId) => leave(world, personOf(world, userId), chatOf(world, chatId)),
  requestToJoin: async (userId, chatId) =>
    requestToJoin(world, personOf(world, userId), chatOf(world, chatId)),
  async setBotStatus(chatId, status) {
    setBotStatus(world, chatOf(world, chatId), status)
  },
  migrate: async (chatId) => migrate(world, chatOf(world, chatId)),
})
