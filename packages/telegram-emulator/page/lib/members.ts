import type { EmulatedChat, MemberStatus } from '../../src/shapes/people.ts'

export const isIn = (status: MemberStatus | undefined): boolean =>
  status === 'creator' || status === 'administrator' || status === 'member'

export const statusIn = (chat: EmulatedChat, userId: number): MemberStatus | undefined =>
  chat.members.find((member) => member.userId === userId)?.status

export const isMember = (chat: EmulatedChat, userId: number): boolean => isIn(statusIn(chat, userId))

export const countMembers = (chat: EmulatedChat): number =>
  chat.members.filter(({ status }) => isIn(status)).length

export const peopleWords = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

/** In a channel only those who run it write. */
export const mayWrite = (chat: EmulatedChat, userId: number): boolean => {
  const status = statusIn(chat, userId)
  return chat.type === 'channel' ? status === 'creator' || status === 'administrator' : isIn(status)
}

export const statusWords: Record<MemberStatus, string> = {
  creator: 'owner',
  administrator: 'administrator',
  member: 'member',
  left: 'not in it',
  kicked: 'removed',
}
