import { type Issue, wordsOfIssue } from '@kamihi/contracts'
import type { Texts } from '../texts/en/index.ts'

/** What is wrong in the language of the reader; as the server wrote it where this page does not know the issue. */
export const issueText = (
  issue: Issue | undefined,
  message: string,
  { issues }: Pick<Texts, 'issues'>,
): string => (issue && issue.kind in issues ? wordsOfIssue(issue, issues) : message)
