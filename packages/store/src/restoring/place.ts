import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { moveFile, syncFile, syncFolder } from '../files/durable.ts'

/**
 * Where a restore keeps what it works with, beside the database. While this folder is there the database is not to be opened: `lock`
 * is held by the restore, `new.db` becomes the database, and `plan.json` says under which name the old one stays. The plan is written
 * when `new.db` is complete: without a plan nothing has been moved.
 */
export const workOf = (path: string) => {
  const folder = `${path}.restoring`
  return {
    folder,
    lock: join(folder, 'lock'),
    copy: join(folder, 'new.db'),
    plan: join(folder, 'plan.json'),
  }
}

export interface Plan {
  /** Name of the file that keeps the old database, in the same folder. */
  old: string
}

/** What stands beside a database and belongs to it. */
const companions = ['-wal', '-shm']

export async function writePlan(path: string, plan: Plan): Promise<void> {
  const work = workOf(path)
  writeFileSync(`${work.plan}.part`, JSON.stringify(plan), { mode: 0o600 })
  await syncFile(`${work.plan}.part`)
  moveFile(`${work.plan}.part`, work.plan)
  syncFolder(dirname(path))
}

export function readPlan(path: string): Plan | null {
  const { plan } = workOf(path)
  return existsSync(plan) ? (JSON.parse(readFileSync(plan, 'utf8')) as Plan) : null
}

/** Gives a database another name, with its journal: what was committed may stand there only. */
export function moveDatabase(from: string, to: string): void {
  for (const end of ['', ...companions]) if (existsSync(from + end)) renameSync(from + end, to + end)
  syncFolder(dirname(to))
}

/** Takes the old database away, as far as that was not done, and puts the new one in its place. */
export function placeNew(path: string, plan: Plan, afterMove: () => void = () => {}): void {
  const old = join(dirname(path), basename(plan.old))
  moveDatabase(path, old)
  afterMove()
  moveFile(workOf(path).copy, path)
}

/** Puts the old database back. */
export function placeOld(path: string, plan: Plan): void {
  moveDatabase(join(dirname(path), basename(plan.old)), path)
}

/** Ends a restore: its folder goes, the plan first, since without it nothing is done. */
export function clearWork(path: string): void {
  const work = workOf(path)
  rmSync(work.plan, { force: true })
  rmSync(work.folder, { recursive: true, force: true })
  syncFolder(dirname(path))
}
