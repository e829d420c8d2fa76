import type { EmulatedUser } from '../../src/shapes/people.ts'

const tones = ['accent', 'ok', 'skipped', 'warn', 'danger'] as const
export type Tone = (typeof tones)[number]

export const fullName = ({ firstName, lastName }: Pick<EmulatedUser, 'firstName' | 'lastName'>): string =>
  lastName ? `${firstName} ${lastName}` : firstName

/** The colour of a name; somebody keeps theirs. Ids that follow each other, or differ by thousands, are mixed. */
export const toneOf = (id: number): Tone =>
  tones[((Math.imul(id, 2654435761) >>> 13) ^ (id >>> 5)) % tones.length] ?? 'accent'

/** The first letter as a reader counts, so that an emoji is not cut in two. */
export const initialOf = (name: string): string => [...name.trim()][0]?.toUpperCase() ?? '?'
