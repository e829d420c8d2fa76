import type { StoreFile } from '@kamihi/store'

/** What is done about a full disk. */
export interface Room {
  /** Work that frees room in the database; returns its own undo. */
  whenFull(makeRoom: () => Promise<unknown>): () => void
  /**
   * Gives up the reserve, frees what can be freed, and takes the reserve back. False while there is no room for it: a disk on which
   * there is room for less would be full again at once.
   */
  make(): Promise<boolean>
}

export function createRoom(file: StoreFile, onError: (error: unknown) => void): Room {
  const works = new Set<() => Promise<unknown>>()
  let making: Promise<boolean> | null = null
  const free = async (): Promise<void> => {
    await file.giveUpReserve()
    for (const work of works) await work()
    await file.checkpoint()
  }
  return {
    whenFull(work) {
      works.add(work)
      return () => works.delete(work)
    },
    make() {
      making ??= free()
        .catch(onError)
        .then(file.makeReserve)
        .finally(() => {
          making = null
        })
      return making
    },
  }
}
