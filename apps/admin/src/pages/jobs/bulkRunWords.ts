import type { BulkReach } from '../../lib/people/bulkPeople.ts'
import type { Texts } from '../../texts/index.ts'

interface Asked {
  /** How many jobs are chosen. */
  count: number
  /** What running them means; null: it is still being counted. */
  reach: BulkReach | null
  isEmulator: boolean
}

/** What is asked before several jobs are run: which they are, whom they reach and who of those gets nothing. */
export function bulkRunWords(
  { count, reach, isEmulator }: Asked,
  { jobs, common }: Pick<Texts, 'jobs' | 'common'>,
): { text: string; confirm: string } {
  const words = jobs.bulk
  if (!reach) return { text: words.runText, confirm: words.runConfirm(count) }
  const { names, people, unreachable, disabled, isExact } = reach
  const others = count - names.length
  const sentences = [
    words.runNames([...names, ...(others > 0 ? [common.andMore(others)] : [])].join(', ')),
    words.runText,
    ...(disabled > 0 ? [words.runDisabled(disabled)] : []),
    isExact ? words.runReaches(people) : words.runReachesMore(people),
    ...(unreachable > 0 ? [jobs.run.unreachable(unreachable)] : []),
  ]
  const exact = isEmulator ? jobs.run.sendEmulator : jobs.run.send
  const atLeast = isEmulator ? words.runSendMoreEmulator : words.runSendMore
  return { text: sentences.join(' '), confirm: (isExact ? exact : atLeast)(people) }
}
