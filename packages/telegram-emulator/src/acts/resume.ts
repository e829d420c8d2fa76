import { endBanInTime } from '../world/bans.ts'
import { loadWorld, type Snapshot } from '../world/snapshot.ts'
import type { World } from '../world/world.ts'
import { closePollInTime } from './polls.ts'

/** Puts a saved state in place of what is there; what was to happen at a time happens then. */
export function resume(world: World, snapshot: Snapshot): void {
  loadWorld(world, snapshot)
  for (const { messages } of snapshot.conversations)
    for (const message of messages) closePollInTime(world, message)
  for (const { id, members } of snapshot.chats)
    for (const { userId, until } of members) if (until) endBanInTime(world, id, userId)
}
