import type { Texts } from '../../texts/index.ts'

/** What sending again means, and that some of those people could not be reached. */
export const retryNote = (text: string, unreachable: number, runs: Texts['runs']): string =>
  unreachable === 0 ? text : `${text} ${runs.retryUnreachable(unreachable)}`

/** What the button that sends again says. `chatUrl`: of the emulator, while nothing reaches Telegram. */
export const againTo = (people: number, chatUrl: string | null, runs: Texts['runs']): string =>
  chatUrl ? runs.retryConfirmEmulator(people) : runs.retryConfirm(people)
