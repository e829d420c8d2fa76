import type { Warning } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'
import { issueText } from '../api/issueText.ts'

/** A warning of the server in the language of the reader; one that is not known here as the server wrote it. */
export function jobWarning(
  { code, issue, message }: Warning,
  { issues, jobs }: Pick<Texts, 'issues' | 'jobs'>,
): string {
  return jobs.warnings[code] ?? issueText(issue, message, issues)
}
