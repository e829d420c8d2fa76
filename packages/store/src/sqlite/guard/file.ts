import { statSync } from 'node:fs'
import type { StoreFile } from '../../storeFile.ts'
import { type Db, read, write } from '../connection.ts'
import { createReserve, noReserve } from './reserve.ts'
import { restoreHint } from './restoreHint.ts'
import type { FailureWatch } from './watchFailures.ts'
import { watchWhereabouts } from './whereabouts.ts'

const probeBytes = 256 * 1024
const probeKey = 'file.probe'

/** What can be known and done about the file under the verbs. */
export function createFile(db: Db, path: string, failures: FailureWatch): StoreFile {
  const reserve = path === ':memory:' ? noReserve : createReserve(path)
  const verbs = failures.watch({
    probe: () => probe(db, probeBytes),
    whereabouts: watchWhereabouts(path),
    checkpoint: () => read(() => checkpoint(db)),
  })
  return {
    ...verbs,
    onFailure: failures.onFailure,
    seal: failures.seal,
    journalBytes: async () => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0,
    giveUpReserve: reserve.giveUp,
    makeReserve: reserve.make,
    restoreHint: async () => restoreHint(path),
  }
}

/** Writes so many bytes that no free page hides a full disk, and removes them again. */
export async function probe(db: Db, bytes: number): Promise<void> {
  const put = db.$client.prepare('insert or replace into settings (key, value) values (?, ?)')
  const remove = db.$client.prepare('delete from settings where key = ?')
  await write(db, () => put.run(probeKey, '.'.repeat(bytes)))
  await write(db, () => remove.run(probeKey))
}

function checkpoint({ $client }: Db): boolean {
  const [result] = $client.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  return result?.busy === 0
}
