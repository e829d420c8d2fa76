import type { Warning } from '@kamihi/contracts'

/** What of a job tells whether it has come to its end. */
interface Course {
  enabled: boolean
  endsAt: string | null
  /** Its schedule has a run to come. */
  hasNext: boolean
}

/** It came to its end: it is on, and nothing is left of a schedule that ends. */
const hasEnded = ({ enabled, endsAt, hasNext }: Course): boolean => enabled && endsAt !== null && !hasNext

/** The warning that a job has come to its end; none where it has not. */
export const endWarnings = (course: Course): Warning[] =>
  hasEnded(course)
    ? [
        {
          code: 'schedule_ended',
          path: '/endsAt',
          message: 'It has come to its end and does not run by itself any more.',
        },
      ]
    : []
