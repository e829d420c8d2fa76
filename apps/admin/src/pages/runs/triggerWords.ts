import type { Run } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

/** Who or what started a run. */
export function triggerWords(
  { trigger, requestedBy }: Pick<Run, 'trigger' | 'requestedBy'>,
  states: Texts['states'],
): string {
  const words = states.trigger[trigger]
  return requestedBy && trigger !== 'schedule' ? states.triggerBy(words, requestedBy) : words
}
