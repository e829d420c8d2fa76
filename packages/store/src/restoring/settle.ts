import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileError } from '../files/durable.ts'
import { tryLock } from '../files/fileLock.ts'
import { storeError } from '../sqlite/errors.ts'
import { StoreError } from '../store.ts'
import { clearWork, placeNew, placeOld, readPlan, workOf } from './place.ts'

/** What became of a restore whose process was killed: the database is the restored one (`finished`), or the one before. */
export type Settled = 'nothing_to_do' | 'finished' | 'undone'

/**
 * Ends a restore that was killed: finishes it when the old database had been moved away, else undoes it. To be called before the file at
 * `path` is looked at or opened.
 * @throws StoreError `busy` while a restore is under way
 */
export function settleRestore(path: string): Settled {
  const work = workOf(path)
  if (!existsSync(work.folder)) return 'nothing_to_do'
  try {
    const lock = tryLock(work.lock)
    if (!lock) throw new StoreError('busy', `${path} is being restored. Start again when that has ended.`)
    try {
      return endRestore(path)
    } finally {
      lock.release()
    }
  } catch (error) {
    throw storeError(fileError(error), `A restore of ${path} was cut off and cannot be finished`)
  }
}

/** Ends what a restore began, whether it was killed, failed or is done; its lock is held. */
export function endRestore(path: string): Exclude<Settled, 'nothing_to_do'> {
  const plan = readPlan(path)
  const there = {
    copy: existsSync(workOf(path).copy),
    current: existsSync(path),
    old: plan !== null && existsSync(join(dirname(path), basename(plan.old))),
  }
  const step = plan ? decideSettlement(there) : 'clear'
  if (plan && step === 'finish') placeNew(path, plan)
  if (plan && step === 'put_back') placeOld(path, plan)
  clearWork(path)
  const isPlaced = plan !== null && there.current && !there.copy
  return step === 'finish' || isPlaced ? 'finished' : 'undone'
}

/**
 * What is left to do, from which files are there: the restored `copy`, something under the name of the database (`current`), and the
 * `old` database under its new name.
 */
export function decideSettlement(there: {
  copy: boolean
  current: boolean
  old: boolean
}): 'finish' | 'put_back' | 'clear' {
  // Either nothing had been moved, or all had, or somebody has put a database there since.
  if (there.current) return 'clear'
  if (there.copy) return 'finish'
  return there.old ? 'put_back' : 'clear'
}
