import type { Texts } from '../../texts/index.ts'

/** `completed 12, failed 1`: how runs ended, commonest first. */
export function outcomeWords(outcomes: Readonly<Record<string, number>>, states: Texts['states']): string {
  const words: Readonly<Record<string, string>> = { ...states.run, missed: states.missed }
  return Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([state, count]) => `${words[state] ?? state} ${count}`)
    .join(', ')
}
