import { join, leave, migrate, requestToJoin, setBotStatus, tellBlocked } from '../acts/membership.ts'
import { say } from '../acts/write.ts'
import { chatOf, openChat, personOf } from '../world/chats.ts'
import type { World } from '../world/world.ts'
import type { ChatControl, PeopleControl } from './control.ts'

export function peopleControl(world: World): PeopleControl {
  const change = (userId: number, fields: object): void => {
    Object.assign(personOf(world, userId), fields)
    world.emit({ type: 'people' })
  }
  const setBlocked = (userId: number, blocked: boolean): void => {
    const user = personOf(world, userId)
    if (user.blocked === blocked) return
    change(userId, { blocked })
    tellBlocked(world, user)
  }
  return {
    async addUser(user) {
      const { started = true, blocked = false, deactivated = false } = world.users.get(user.id) ?? {}
      const added = { started, blocked, deactivated, ...user }
      world.users.set(user.id, added)
      world.emit({ type: 'people' })
      return added
    },
    users: async () => [...world.users.values()],
    async start(userId) {
      change(userId, { started: true })
      say(world, personOf(world, userId), '/start')
    },
    block: async (userId) => setBlocked(userId, true),
    unblock: async (userId) => setBlocked(userId, false),
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
