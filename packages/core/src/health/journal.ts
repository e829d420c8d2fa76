import type { StoreFile } from '@kamihi/store'
import type { Clock } from '../clock.ts'

const largestBytes = 16 * 1024 * 1024
const hourMs = 3_600_000

/** Empties the journal of the database when it is large, and each hour: SQLite itself never makes it smaller while others read. */
export function keepJournalSmall(file: StoreFile, clock: Clock): { tend(): Promise<void> } {
  let emptiedAt = clock.now()
  return {
    async tend() {
      const isDue = clock.now() - emptiedAt >= hourMs || (await file.journalBytes()) > largestBytes
      if (isDue && (await file.checkpoint())) emptiedAt = clock.now()
    },
  }
}
