import { type CronIssue, cronIssueWords } from '@kamihi/contracts'

/** Why an expression cannot be a schedule, and the expression that was probably meant. */
export interface Refused {
  kind: 'refused'
  issue: CronIssue
  /** The issue as a sentence in English. */
  reason: string
  suggestion?: string
}

/** A refusal for a reason. */
export const refused = (issue: CronIssue, suggestion: string | null = null): Refused => ({
  kind: 'refused',
  issue,
  reason: cronIssueWords(issue),
  ...(suggestion === null ? {} : { suggestion }),
})
