import { statSync } from 'node:fs'
import type { Whereabouts } from '../../storeFile.ts'
import { damageOf } from './damage.ts'

const budgetMs = 2000

/**
 * Compares the file at the path with the one that was opened: SQLite goes on writing to a file that was removed, and nobody would
 * ever see what it wrote.
 */
export function watchWhereabouts(path: string): () => Promise<Whereabouts> {
  if (path === ':memory:') return async () => 'same'
  const opened = statSync(path)
  let size = opened.size
  return async () => {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) return 'vanished'
    if (found.ino !== opened.ino || found.dev !== opened.dev) return 'replaced'
    if (found.size === 0) return 'truncated'
    const isShorter = found.size < size
    size = found.size
    // A vacuum makes it shorter too, and leaves it sound.
    return isShorter && (await damageOf(path, budgetMs)) ? 'truncated' : 'same'
  }
}
