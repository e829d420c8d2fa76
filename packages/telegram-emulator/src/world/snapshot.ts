import { type Static, Type } from '@sinclair/typebox'
import { lastTime } from '../clock.ts'
import { Update } from '../shapes/events.ts'
import { EmulatedMessage } from '../shapes/messages.ts'
import { Command, EmulatedChat, EmulatedUser } from '../shapes/people.ts'
import type { World } from './world.ts'

const Entries = Type.Array(Type.Tuple([Type.Union([Type.String(), Type.Number()]), Type.Unknown()]), {
  description: 'Keys with what they stand for',
})

/** What a file of saved state holds; `version` rises when its form changes. */
export const Snapshot = Type.Object({
  version: Type.Literal(1),
  savedAt: Type.Integer({
    maximum: lastTime,
    description: 'Epoch ms of the emulator; loading moves the clock there when it is behind',
  }),
  users: Type.Array(EmulatedUser),
  chats: Type.Array(EmulatedChat),
  conversations: Type.Array(
    Type.Object({
      chatId: Type.Integer(),
      nextId: Type.Integer({ minimum: 1 }),
      messages: Type.Array(EmulatedMessage),
    }),
  ),
  files: Type.Array(
    Type.Object({
      number: Type.Integer({ minimum: 1 }),
      name: Type.String(),
      mimeType: Type.String(),
      path: Type.String(),
      width: Type.Integer({ minimum: 0 }),
      height: Type.Integer({ minimum: 0 }),
      base64: Type.String(),
    }),
  ),
  commands: Type.Record(Type.String(), Type.Array(Command)),
  profile: Type.Optional(
    Type.Record(Type.String(), Entries, {
      description: 'What the bot says of itself, by field; menu buttons by chat',
    }),
  ),
  callbacks: Type.Optional(Entries),
  updates: Type.Object({
    nextId: Type.Integer(),
    allowed: Type.Union([Type.Array(Type.String()), Type.Null()]),
    updates: Type.Array(
      Type.Object({ update: Update, expiresAt: Type.Integer({ description: 'Epoch ms' }) }),
    ),
  }),
})
export type Snapshot = Static<typeof Snapshot>

export function saveWorld(world: World): Snapshot {
  return {
    version: 1,
    savedAt: world.now(),
    users: [...world.users.values()],
    chats: [...world.chats.values()],
    conversations: world.messages.state(),
    files: world.files.state(),
    commands: Object.fromEntries(world.profile.commands),
    profile: Object.fromEntries(savedFields(world).map(([name, map]) => [name, [...map]])),
    callbacks: [...world.callbacks],
    updates: world.updates.state(),
  }
}

type AnyMap = Map<string | number, unknown>

/** All that the bot says of itself but its commands, which have a place of their own. */
const savedFields = ({ profile }: World): [name: string, map: AnyMap][] =>
  Object.entries(profile).filter(([name]) => name !== 'commands') as [string, AnyMap][]

function fill(map: AnyMap, entries: [string | number, unknown][] = []): void {
  for (const [key, value] of entries) map.set(key, value)
}

/** Replaces what is there. Time never goes back, and no update id is given twice. */
export function loadWorld(world: World, snapshot: Snapshot): void {
  clearWorld(world)
  if (snapshot.savedAt > world.now()) world.clock.advance(snapshot.savedAt - world.now())
  for (const user of snapshot.users) world.users.set(user.id, user)
  for (const chat of snapshot.chats) world.chats.set(chat.id, chat)
  for (const [key, commands] of Object.entries(snapshot.commands)) world.profile.commands.set(key, commands)
  for (const [name, map] of savedFields(world)) fill(map, snapshot.profile?.[name])
  fill(world.callbacks as AnyMap, snapshot.callbacks)
  world.messages.load(snapshot.conversations)
  world.files.load(snapshot.files)
  const { nextId } = world.updates.state()
  world.updates.load({ ...snapshot.updates, nextId: Math.max(nextId, snapshot.updates.nextId) })
  world.emit({ type: 'reset' })
}

/** Drops everything but the time and the ids of updates. */
export function clearWorld(world: World): void {
  for (const map of [world.users, world.chats, world.callbacks, world.inlineQueries]) map.clear()
  for (const map of Object.values(world.profile)) map.clear()
  for (const part of [world.messages, world.files, world.calls, world.faults]) part.clear()
  world.updates.drop()
  world.flood.reset()
}
