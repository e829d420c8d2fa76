import type { RoleLoss } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

/** What deleting a role takes from people, in a sentence. */
export const lossWords = ({ peopleCount, jobCount }: RoleLoss, words: Texts['people']['roles']): string =>
  peopleCount === 0 ? words.ifDeletedNone : words.ifDeleted(peopleCount, jobCount)
