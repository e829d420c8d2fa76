import type { RetryOutlook } from '@kamihi/contracts'
import type { Retrying } from '../../lib/runs/runVerbs.ts'
import type { Texts } from '../../texts/index.ts'

type Words = Texts['runs']

const sumOf = ({ unreachable }: RetryOutlook): number =>
  unreachable.reduce((sum, { count }) => sum + count, 0)

/** `Retry failed only (6)`: what sending again is called, and for how many it is. */
export const retryLabel = (people: number, runs: Words, number: (n: number) => string): string =>
  people === 0 ? runs.buttons.retry : runs.buttons.retryOf(number(people))

/** How many are left whom neither the run nor a later one has reached. */
export const stillMissing = (outlook: RetryOutlook): number => outlook.reachable + sumOf(outlook)

/** Whom sending again would reach, and who cannot be reached. */
export const retryingNow = (outlook: RetryOutlook): Omit<Retrying, 'ids'> => ({
  people: outlook.reachable,
  unreachable: sumOf(outlook),
})

/** `2 blocked the bot, 1 never started the bot`: why people cannot be reached. */
const whyNot = ({ unreachable }: RetryOutlook, runs: Words): string =>
  unreachable
    .flatMap(({ reachability, count }) =>
      reachability === 'ok' ? [] : runs.unreachableFor[reachability](count),
    )
    .join(', ')

/** What sending a run again means: for whom it is, and apart from them who cannot be reached. */
export function retryNote(outlook: RetryOutlook, runs: Words): string {
  const unreachable = sumOf(outlook)
  if (unreachable === 0) return runs.retryText(outlook.reachable)
  const why = whyNot(outlook, runs)
  if (outlook.reachable === 0) return runs.retryNobody(why)
  return `${runs.retryReach(outlook.reachable)} ${runs.retryApart(unreachable, why)}`
}

/** The same of several runs, of which it is known only who could not be reached then. */
export const bulkRetryNote = (text: string, unreachable: number, runs: Words): string =>
  unreachable === 0 ? text : `${text} ${runs.retryApartUnknown(unreachable)}`

/** What the button that sends again says. `chatUrl`: of the emulator, while nothing reaches Telegram. */
export function againTo(
  { people, unreachable }: Omit<Retrying, 'ids'>,
  chatUrl: string | null,
  runs: Words,
): string {
  if (people === 0 && unreachable > 0) return runs.retryTry(unreachable)
  return chatUrl ? runs.retryConfirmEmulator(people) : runs.retryConfirm(people)
}
