import type { Warning } from '@kamihi/contracts'
import type { Texts } from '../texts/en/index.ts'

/** A warning of the server in the language of the reader; one that is not known here as the server wrote it. */
export function jobWarning(
  { code, path, message }: Warning,
  { common, jobs }: Pick<Texts, 'common' | 'jobs'>,
): string {
  const words = jobs.warnings[code]
  // In English, what the server writes is as good and says more.
  return words && common.locale !== 'en-GB' ? words(path.split('/').at(-1) ?? '') : message
}
