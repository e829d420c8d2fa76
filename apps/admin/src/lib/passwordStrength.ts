/** 0: too short, the server refuses it. 4: strong. */
export type Strength = 0 | 1 | 2 | 3 | 4

const shortest = 12

/** How hard a password is to guess, roughly: by length, and by how many different characters it has. The server judges in the end. */
export function strengthOf(password: string): Strength {
  const characters = [...password]
  if (characters.length < shortest) return 0
  const different = new Set(characters).size
  if (different < 6) return 1
  const effective = Math.min(characters.length, different * 2)
  if (effective < 16) return 2
  return effective < 20 ? 3 : 4
}
