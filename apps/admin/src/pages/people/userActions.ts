import type { User } from '@kamihi/contracts'
import { chatLink } from '../../lib/people/chatLink.ts'
import type { RowAction } from '../../parts/rowAction.types.ts'
import * as t from '../../texts/index.ts'

interface Running {
  /** Why no job can be run now; null: one can. */
  blocked: string | null
  /** Asks which job is to run for them. */
  onRun: () => void
}

/** What can be done with a person, beside editing and deleting. */
export function userActions(user: User, chatUrl: string | null, { blocked, onRun }: Running): RowAction[] {
  const run: RowAction = { label: t.people.users.run, disabled: blocked, run: onRun }
  const chat = chatLink(chatUrl, user)
  if (chat === null) return [run]
  return [run, { label: t.people.users.chat, run: () => window.open(chat, '_blank', 'noopener') }]
}
