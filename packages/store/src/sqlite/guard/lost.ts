import { existsSync, statSync } from 'node:fs'
import { StoreError } from '../../store.ts'
import { restoreHint } from './restoreHint.ts'

const anew = 'To begin with an empty database: kamihi run --new'

/**
 * An empty file, or none where there was one, would open as a new database and hide that the old one is lost.
 * @throws StoreError `corrupt` when it is empty, `vanished` when only its companions are there
 */
export function refuseLost(path: string): void {
  if (existsSync(path)) {
    if (statSync(path).size > 0) return
    throw new StoreError('corrupt', `${path} is empty. ${restoreHint(path)}. ${anew}`)
  }
  const left = [`${path}.id`, `${path}-wal`].find((file) => existsSync(file) && statSync(file).size > 0)
  if (left)
    throw new StoreError(
      'vanished',
      `${path} is gone: ${left} tells that there was a database. ${restoreHint(path)}. ${anew}`,
    )
}
