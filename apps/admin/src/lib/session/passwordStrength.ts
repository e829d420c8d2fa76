import { type Issue, plainWeaknessOf } from '@kamihi/contracts'

/** 1: weak. 4: strong. */
export type Strength = 1 | 2 | 3 | 4

/** What can be said of a new password before the server sees it. */
export type Judged = { kind: 'refused'; issue: Issue } | { kind: 'rated'; strength: Strength }

/**
 * Refuses what the server would refuse, as far as a browser can tell, and otherwise says how hard a password is to guess, roughly. The server
 * judges in the end: it knows the common ones, too.
 */
export function judgePassword(password: string, username: string, names: readonly string[] = []): Judged {
  const issue = plainWeaknessOf(password, username, names)
  return issue ? { kind: 'refused', issue } : { kind: 'rated', strength: strengthOf(password) }
}

/** By length, and by how many different characters it has. */
function strengthOf(password: string): Strength {
  const characters = [...password]
  const different = new Set(characters).size
  if (different < 6) return 1
  const effective = Math.min(characters.length, different * 2)
  if (effective < 16) return 2
  return effective < 20 ? 3 : 4
}
