import { randomBytes } from 'node:crypto'
import { rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** When a disk is full not even deleting works: the journal has to grow first. This much is kept for it. */
export const reserveBytes = 8 * 1024 * 1024

/** A file that takes room, to be given up when there is no other. */
export interface Reserve {
  giveUp(): Promise<void>
  /** True when it is there; false while there is no room for it and for as much again. */
  make(): Promise<boolean>
}

export function createReserve(path: string): Reserve {
  const file = `${path}.reserve`
  return {
    giveUp: () => rm(file, { force: true }),
    async make() {
      if ((await sizeOf(file)) === reserveBytes) return true
      if ((await freeIn(dirname(path))) < 2 * reserveBytes) return false
      return fill(file)
    },
  }
}

/** A database in memory has no disk that could be full. */
export const noReserve: Reserve = { giveUp: async () => {}, make: async () => true }

async function fill(file: string): Promise<boolean> {
  const partial = `${file}.partial`
  try {
    // Zeros might be stored as a hole that takes no room.
    await writeFile(partial, await promisify(randomBytes)(reserveBytes), { mode: 0o600 })
    await rename(partial, file)
    return true
  } catch {
    await rm(partial, { force: true }).catch(() => undefined)
    return false
  }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
