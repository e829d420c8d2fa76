import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type Faults, noFaults } from './faults.ts'
import { databaseFile } from './files/databaseFile.ts'
import { fileError, privateFolder, syncFolder } from './files/durable.ts'
import { isOpenElsewhere, tryLock } from './files/fileLock.ts'
import { isDatabase, type LeaseFact, leasesIn, reading } from './files/reading.ts'
import { schemaOf } from './files/schemaVersion.ts'
import { placeNew, workOf, writePlan } from './restoring/place.ts'
import { prepareCopy, type Unfit } from './restoring/prepare.ts'
import { type Quietened, type QuietenOptions, quieten } from './restoring/quieten.ts'
import { endRestore, settleRestore } from './restoring/settle.ts'
import { storeError } from './sqlite/errors.ts'
import type { Change } from './store.ts'

export { type Settled, settleRestore } from './restoring/settle.ts'

export interface RestoreOptions extends Pick<QuietenOptions, 'nextRunAt'> {
  /** Address of the database (`db.url`). */
  url: string
  /** The backup. It stays as it is. */
  file: string
  /** Lets jobs fire for what they missed, and open runs go on. Default false: restored history does not happen again. */
  catchUp?: boolean
  change: Change
  faults?: Faults
}

export type RestoreOutcome =
  | {
      kind: 'restored'
      path: string
      /** What was the database until now; null when there was none. */
      old: string | null
      /** Of the backup; the database has the newest. */
      schema: number
      changed: Quietened
    }
  | { kind: 'no_file'; path: string }
  /** The backup is the database itself. */
  | { kind: 'same_file'; path: string }
  | Unfit
  /** A bot works on the database, by its leases. */
  | { kind: 'bot_running'; lease: LeaseFact }
  /** Some process has the database open, or restores it too. */
  | { kind: 'in_use' }

/**
 * Puts a backup in the place of the database. The new file is made complete beside the old one first; then two renames swap them, and a
 * restore that is killed between the two is finished by `settleRestore`. The old database stays, under another name.
 * @throws StoreError `full`, `cannot_open`, `readonly`, `busy`, `unsupported_url`
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreOutcome> {
  const path = databaseFile(options.url)
  const file = resolve(options.file)
  try {
    if (!existsSync(file)) return { kind: 'no_file', path: file }
    settleRestore(path)
    if (isSame(file, path)) return { kind: 'same_file', path: file }
    // A file that is no database any more is nobody's.
    const usable = isDatabase(path)
    const lease = usable ? runningBot(path, options.change.now) : null
    if (lease) return { kind: 'bot_running', lease }
    return await whileClosed(path, usable, () => replace(path, file, options))
  } catch (error) {
    throw storeError(fileError(error), `${file} could not be restored`)
  }
}

/** Keeps everybody from opening the database, once nobody has it open. */
async function whileClosed(
  path: string,
  usable: boolean,
  work: () => Promise<RestoreOutcome>,
): Promise<RestoreOutcome> {
  const { folder, lock: lockFile } = workOf(path)
  privateFolder(folder)
  syncFolder(dirname(path))
  const lock = tryLock(lockFile)
  if (!lock) return { kind: 'in_use' }
  try {
    if (usable && isOpenElsewhere(path)) return { kind: 'in_use' }
    return await work()
  } finally {
    endRestore(path)
    lock.release()
  }
}

async function replace(path: string, file: string, options: RestoreOptions): Promise<RestoreOutcome> {
  const { change, catchUp = false, nextRunAt, faults = noFaults } = options
  const quiet = { change, catchUp, label: basename(file), ...(nextRunAt ? { nextRunAt } : {}) }
  const prepared = await prepareCopy(file, workOf(path).copy, (db) => quieten(db, quiet))
  if (prepared.kind !== 'ready') return prepared
  const old = freeName(path, change.now)
  const hadOne = existsSync(path)
  await writePlan(path, { old })
  faults.at('restore.planned')
  placeNew(path, { old }, () => faults.at('restore.old-moved'))
  faults.at('restore.new-placed')
  return {
    kind: 'restored',
    path,
    old: hadOne ? join(dirname(path), old) : null,
    schema: prepared.schema,
    changed: prepared.result,
  }
}

/** `kamihi.db.before-restore-20261124T080000Z` */
function freeName(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  const name = `${basename(path)}.before-restore-${stamp}`
  let free = name
  for (let n = 2; existsSync(join(dirname(path), free)); n += 1) free = `${name}-${n}`
  return free
}

const isSame = (a: string, b: string): boolean => existsSync(b) && realpathSync(a) === realpathSync(b)

/** A lease that tells that a bot works. */
function runningBot(path: string, now: number): LeaseFact | null {
  const held = reading(path, (database) => (schemaOf(database) > 0 ? leasesIn(database) : []))
  const names = ['poller', 'scheduler']
  return held.find(({ name, until }) => until > now && names.includes(name)) ?? null
}
