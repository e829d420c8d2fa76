/** For whom a run by hand is: all of the job's people, some, or nobody: what they would get is shown. */
export type RunMode = 'everyone' | 'chosen' | 'dry'

/** From here on the number of people has to be typed before a run by hand begins. */
const manyPeople = 500

/** How many a run by hand reaches. */
export const peopleOf = (mode: RunMode, chosen: number, everyone: number): number =>
  mode === 'chosen' ? chosen : everyone

/** True when so many are reached that a click is too easily done. */
export const needsTyping = (mode: RunMode, people: number): boolean => mode !== 'dry' && people > manyPeople
