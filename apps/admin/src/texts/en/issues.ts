import { type IssueWords, issueWords } from '@kamihi/contracts'
import { spoken } from '../spoken.ts'

/** Fields as forms call them, where the API calls them otherwise. */
const fields: Readonly<Record<string, string>> = {
  username: 'user name',
  telegramId: 'Telegram ID',
  telegramUserId: 'Telegram ID',
}
const filledIn = 'has to be filled in'

/** What is wrong with a request or with one of its fields, as the server writes it; otherwise where that speaks to programs. */
export const issues = spoken<IssueWords>('issues', {
  ...issueWords,
  taken: ({ thing, field }) => `There is a ${thing} with this ${fields[field] ?? field} already.`,
  required: () => filledIn,
  min_length: (issue) => (issue.limit === 1 ? filledIn : issueWords.min_length(issue)),
  unknown_ids: ({ ids }) => `Something that was chosen does not exist any more: ${ids.join(', ')}.`,
  run_open: () => 'Wait for its end, cancel it, or choose what is to be done.',
  codes_only: () => 'Ask for a code of the bot.',
  delivery_under_way: () => 'It is still being sent. Wait for its end or cancel it.',
  delivery_arrived: () => 'It has arrived. To send something anew, run the job.',
  slot_has_run: () => 'That time has a run already, and each time has one at most.',
})
