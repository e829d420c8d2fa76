import { type Issue, wordsOfIssue } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

/** What is wrong in the language of the reader; as the server wrote it where this page does not know the issue, or the words for it. */
export const issueText = (
  issue: Issue | undefined,
  message: string,
  issues: Texts['issues'] | undefined,
): string => (issue && issues && issue.kind in issues ? wordsOfIssue(issue, issues) : message)
