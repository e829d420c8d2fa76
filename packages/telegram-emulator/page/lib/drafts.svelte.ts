import type { Attachment } from './attachments.ts'

/** What one is about to say in a conversation. */
export class Draft {
  text = $state('')
  /** Id of the message that is answered. */
  replyTo = $state<number | null>(null)
  /** Id of the own message that is changed. */
  editing = $state<number | null>(null)
  files = $state.raw<Attachment[]>([])
  /** Pictures go as files, as they are. */
  asFiles = $state(false)

  clear(): void {
    this.text = ''
    this.files = []
    this.asFiles = false
    this.leave()
  }
  /** No answer and no change after all. */
  leave(): void {
    if (this.editing !== null) this.text = ''
    this.replyTo = null
    this.editing = null
  }
  reply(messageId: number): void {
    this.leave()
    this.replyTo = messageId
  }
  edit(messageId: number, text: string): void {
    this.leave()
    this.editing = messageId
    this.text = text
  }
}

/** Drafts wait where they were begun, while one is elsewhere or somebody else. */
export function createDrafts() {
  const drafts = new Map<string, Draft>()
  return {
    of(personId: number, chatId: number): Draft {
      const key = `${personId}:${chatId}`
      const known = drafts.get(key) ?? new Draft()
      drafts.set(key, known)
      return known
    },
  }
}
