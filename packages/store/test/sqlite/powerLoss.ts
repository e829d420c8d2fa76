import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The journal of a database at one moment, to be cut anywhere: what a power loss leaves of it. */
export interface Journal {
  bytes: Buffer
  /** Where each frame ends, and whether a commit ends with it. */
  frames: { end: number; isCommit: boolean }[]
}

const headerBytes = 32
const frameHeaderBytes = 24

/** Reads the frames of a journal (https://www.sqlite.org/fileformat2.html#walformat). */
export function readJournal(path: string): Journal {
  const bytes = readFileSync(`${path}-wal`)
  const frameBytes = frameHeaderBytes + bytes.readUInt32BE(8)
  const frames: Journal['frames'] = []
  for (let start = headerBytes; start + frameBytes <= bytes.length; start += frameBytes)
    frames.push({ end: start + frameBytes, isCommit: bytes.readUInt32BE(start + 4) > 0 })
  return { bytes, frames }
}

/** The database as it was before the journal began, with the first bytes of it. */
export function cut(base: string, journal: Journal, bytes: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'kamihi-cut-')), 'kamihi.db')
  copyFileSync(base, path)
  writeFileSync(`${path}-wal`, journal.bytes.subarray(0, bytes))
  return path
}
