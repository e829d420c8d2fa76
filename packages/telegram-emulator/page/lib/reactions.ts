import type { EmulatedMessage } from '../../src/shapes/messages.ts'

/** Those that everybody may use on Telegram begin with these. */
export const offeredReactions = ['👍', '❤', '🔥', '🎉', '😁', '😢']

export interface Chip {
  emoji: string
  count: number
  /** The person one is has reacted so. */
  isMine: boolean
}

/** Reactions counted, in the order in which they came. */
export function chipsOf(reactions: EmulatedMessage['reactions'], personId: number): Chip[] {
  const chips = new Map<string, Chip>()
  for (const { emoji, senderId } of reactions ?? []) {
    const chip = chips.get(emoji) ?? { emoji, count: 0, isMine: false }
    chips.set(emoji, {
      emoji,
      count: chip.count + 1,
      isMine: chip.isMine || senderId === personId,
    })
  }
  return [...chips.values()]
}

/** Telegram names the heart without the sign that makes it a picture. */
export const emojiPicture = (emoji: string): string => (emoji === '❤' ? '❤️' : emoji)
