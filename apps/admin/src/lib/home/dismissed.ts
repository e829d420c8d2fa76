import type { AttentionItem } from '@kamihi/contracts'
import { attentionKey } from './attention.ts'

/** How something was when it was dismissed: what is newer or bigger is shown again. */
interface Mark {
  /** Epoch ms. */
  at: number
  size: number
}

/** What was dismissed, by its key; the last one is the newest. */
export type Dismissed = Readonly<Record<string, Mark>>

/** So many are remembered. */
const most = 100
/** When a job became late is worked out anew each time. */
const slackMs = 1000

function sizeOf(item: AttentionItem): number {
  switch (item.kind) {
    case 'missed':
    case 'uncertain':
    case 'actions_broken':
    case 'jobs_paused':
      return item.count
    case 'unreachable_rising':
      return item.thisWeek
    default:
      return 0
  }
}

/** That people become unreachable is found whenever somebody asks: how many they are is all that can be new of it. */
const markOf = (item: AttentionItem): Mark => ({
  at: item.kind === 'unreachable_rising' ? 0 : Date.parse(item.at),
  size: sizeOf(item),
})

/** Whether something was dismissed, and nothing new of its kind has happened since. */
export function isDismissed(item: AttentionItem, dismissed: Dismissed): boolean {
  const before = dismissed[attentionKey(item)]
  if (!before) return false
  const now = markOf(item)
  return now.at <= before.at + slackMs && now.size <= before.size
}

/** With something that somebody does not want to see any more. */
export function withDismissed(dismissed: Dismissed, item: AttentionItem): Dismissed {
  const others = Object.entries(withoutDismissed(dismissed, item)).slice(1 - most)
  return Object.fromEntries([...others, [attentionKey(item), markOf(item)]])
}

/** With something shown again. */
export function withoutDismissed(dismissed: Dismissed, item: AttentionItem): Dismissed {
  const key = attentionKey(item)
  return Object.fromEntries(Object.entries(dismissed).filter(([other]) => other !== key))
}

/** What a browser kept, as far as it is such a thing. */
export function readDismissed(kept: string | null): Dismissed {
  try {
    const read: unknown = JSON.parse(kept ?? '{}')
    return Object.fromEntries(Object.entries(read ?? {}).filter(([, mark]) => isMark(mark)))
  } catch {
    return {}
  }
}

const isMark = (kept: unknown): kept is Mark =>
  typeof kept === 'object' &&
  kept !== null &&
  'at' in kept &&
  typeof kept.at === 'number' &&
  'size' in kept &&
  typeof kept.size === 'number'
