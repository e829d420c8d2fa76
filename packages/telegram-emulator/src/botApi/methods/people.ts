import type { EmulatedUser } from '../../shapes/people.ts'
import type { World } from '../../world/world.ts'
import { badRequest } from '../answer.ts'
import { method } from '../method.ts'
import { integer, userId } from '../params.ts'

export const peopleMethods = [
  /** Nobody in the emulator has a picture. */
  method('getUserProfilePhotos', { user_id: userId, offset: integer, limit: integer }, (world, params) => {
    personIn(world, params.user_id)
    return { total_count: 0, photos: [] }
  }),
]

/** @throws BotApiError in Telegram's words when there is nobody */
export function personIn(world: World, id: number): EmulatedUser {
  const user = world.users.get(id)
  if (!user) throw badRequest('user not found')
  return user
}

/** The same of somebody in a chat (td, DialogParticipantManager.cpp, `get_channel_participant`). @throws BotApiError */
export function knownMember(world: World, id: number): EmulatedUser {
  const user = world.users.get(id)
  if (!user) throw badRequest('member not found')
  return user
}
