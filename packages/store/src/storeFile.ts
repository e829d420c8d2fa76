import type { StoreError } from './store.ts'

/** Whether the path of the database still leads to the file that was opened. */
export type Whereabouts = 'same' | 'vanished' | 'replaced' | 'truncated'

/** The file under the verbs, for whoever watches over it while the bot runs. */
export interface StoreFile {
  /** Calls back with each failure of the database itself, whichever verb met it; returns its own undo. */
  onFailure(listener: (failure: StoreError) => void): () => void
  /**
   * Writes 256 KiB, syncs and removes them again, so that it fails where the next writes would fail.
   * @throws StoreError `full`, `readonly`, `io`, `busy`, `corrupt`
   */
  probe(): Promise<void>
  /** Looks at the path, and at the pages when the file has become shorter. */
  whereabouts(): Promise<Whereabouts>
  /** Bytes of the journal that have not been moved into the main file, and those that have but were not given back. */
  journalBytes(): Promise<number>
  /** Moves the journal into the main file and empties it; false while a reader or a writer keeps it. */
  checkpoint(): Promise<boolean>
  /** Gives up the 8 MiB that lie beside the database, so that what frees room has room to work. */
  giveUpReserve(): Promise<void>
  /** Makes the reserve where it is missing; false while there is no room for it. */
  makeReserve(): Promise<boolean>
  /** What to do about a database that is lost or damaged, with the command that brings the newest copy back. */
  restoreHint(): Promise<string>
  /** From now on every verb rejects with this failure, so that nothing is written to a file that is lost or damaged. */
  seal(failure: StoreError): void
}
