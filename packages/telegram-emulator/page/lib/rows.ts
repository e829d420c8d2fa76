import type { EmulatedMessage, Service } from '../../src/shapes/messages.ts'

/** What stands below each other in a conversation. */
export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'service'; key: string; service: Service }
  /** One message, or the items of an album; of a run of the same sender `isFirst` carries the name. */
  | { kind: 'message'; key: string; items: Items; isFirst: boolean; isLast: boolean }

/** One message, or the items of an album. */
export type Items = [EmulatedMessage, ...EmulatedMessage[]]

/** @param unreadFrom id of the first message that was not read yet, or null */
export function rowsOf(messages: EmulatedMessage[], unreadFrom: number | null): Row[] {
  const rows: Row[] = []
  let before: EmulatedMessage | null = null
  let isMarked = false
  for (const message of messages) {
    if (!before || dayOf(before) !== dayOf(message))
      rows.push({ kind: 'day', key: `day ${message.messageId}`, at: message.date * 1000 })
    if (!isMarked && unreadFrom !== null && message.messageId >= unreadFrom) {
      rows.push({ kind: 'unread', key: 'unread' })
      isMarked = true
    }
    addMessage(rows, message)
    before = message
  }
  return rows
}

/** The rows again, those that are as before as the same objects: what is the same is not drawn again. */
export function reuseRows(before: Row[], rows: Row[]): Row[] {
  const known = new Map(before.map((row) => [row.key, row]))
  return rows.map((row) => {
    const old = known.get(row.key)
    return old && isSameRow(old, row) ? old : row
  })
}

function isSameRow(a: Row, b: Row): boolean {
  if (a.kind === 'message' && b.kind === 'message')
    return (
      a.isFirst === b.isFirst &&
      a.isLast === b.isLast &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => item === b.items[index])
    )
  if (a.kind === 'day' && b.kind === 'day') return a.at === b.at
  if (a.kind === 'service' && b.kind === 'service') return a.service === b.service
  return a.kind === b.kind
}

function addMessage(rows: Row[], message: EmulatedMessage): void {
  const key = `${message.messageId}`
  const last = rows.at(-1)
  if (message.service) {
    rows.push({ kind: 'service', key, service: message.service })
  } else if (last?.kind === 'message' && isSameAlbum(last.items, message)) {
    last.items.push(message)
  } else {
    const continues = last?.kind === 'message' && isSameRun(last.items, message)
    if (continues) last.isLast = false
    rows.push({ kind: 'message', key, items: [message], isFirst: !continues, isLast: true })
  }
}

const isSameAlbum = ([first]: Items, { albumId }: EmulatedMessage): boolean =>
  albumId !== undefined && first.albumId === albumId

const runMs = 10 * 60_000

const isSameRun = (items: Items, message: EmulatedMessage): boolean => {
  const last = items.at(-1) ?? items[0]
  return last.senderId === message.senderId && (message.date - last.date) * 1000 < runMs
}

const dayOf = ({ date }: EmulatedMessage): string => new Date(date * 1000).toDateString()

/** `Today`, `Yesterday`, `24 November`, `24 November 2024`. */
export function dayWords(at: number, now: number): string {
  const day = new Date(at)
  const today = new Date(now)
  if (day.toDateString() === today.toDateString()) return 'Today'
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (day.toDateString() === yesterday.toDateString()) return 'Yesterday'
  const year = day.getFullYear() === today.getFullYear() ? undefined : 'numeric'
  return day.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year })
}

/** `09:05` */
export const timeWords = (at: number): string => clockFormat.format(at)
const clockFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
