import type { IssueOf } from './issue.ts'

/**
 * The most that args of a job or a profile of a user may hold. Of levels SQLite reads at most 1000
 * (https://www.sqlite.org/json1.html), and whatever walks a value by recursion ends soon after.
 */
export const jsonBounds = { depth: 16, keys: 1000, bytes: 64 * 1024 } as const

/** What a JSON value has too much of, or null. Found without recursion, which too many levels would end. */
export function boundsIssue(value: unknown): IssueOf<'json_too_much'> | null {
  const depth = depthOf(value, jsonBounds.depth)
  if (depth > jsonBounds.depth) return { kind: 'json_too_much', of: 'levels', limit: jsonBounds.depth }
  if (keysOf(value) > jsonBounds.keys) return { kind: 'json_too_much', of: 'keys', limit: jsonBounds.keys }
  const bytes = new TextEncoder().encode(JSON.stringify(value) ?? '').length
  if (bytes > jsonBounds.bytes) return { kind: 'json_too_much', of: 'bytes', limit: jsonBounds.bytes }
  return null
}

/** How many objects and lists lie in one another; looks no further than one beyond `most`. */
export function depthOf(value: unknown, most: number): number {
  let depth = 0
  for (const _ of levelsOf(value)) {
    depth += 1
    if (depth > most) break
  }
  return depth
}

function keysOf(value: unknown): number {
  let count = 0
  for (const level of levelsOf(value))
    for (const each of level) if (!Array.isArray(each)) count += Object.keys(each).length
  return count
}

/** The objects and lists of a value, the outermost first, then those in them, and so on. */
function* levelsOf(value: unknown): Generator<object[]> {
  for (let level = childrenOf([value]); level.length > 0; ) {
    yield level
    level = childrenOf(level.flatMap((each) => Object.values(each)))
  }
}

const childrenOf = (values: unknown[]): object[] =>
  values.filter((value): value is object => typeof value === 'object' && value !== null)
