import type { User } from '@kamihi/contracts'
import { t } from '../../lib/i18n.svelte.ts'
import type { RowAction } from '../../parts/RowActions.svelte'
import { open } from '../../router.ts'

/** What can be done with a person, beside editing and deleting. */
export function userActions({ id, telegramId }: User, chatUrl: string | null): RowAction[] {
  const jobs = { label: t.people.users.theirJobs, run: () => open(`/jobs?userId=${id}`) }
  if (!chatUrl) return [jobs]
  const chat = new URL(chatUrl)
  chat.searchParams.set('person', String(telegramId))
  return [jobs, { label: t.people.users.chat, run: () => window.open(chat, '_blank', 'noopener') }]
}
