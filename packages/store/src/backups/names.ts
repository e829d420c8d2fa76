import { fingerprintOf, stemOf } from '../files/databaseFile.ts'

/** How backups of one database are called: `kamihi-20261124T080000123Z-1f3a9c2e.db`, in UTC, sorted by time. */
export interface BackupNames {
  /** Name of a backup made at this time (epoch milliseconds). */
  at(time: number): string
  /** When the backup of this name was made; null for files that are none of this database. */
  timeOf(name: string): number | null
  /** Name of a copy that is not finished. */
  unfinished(id: string): string
  /** Name of the unfinished copy that a file belongs to: the copy itself, or what stands beside it. */
  unfinishedOf(name: string): string | null
}

export function backupNames(database: string): BackupNames {
  const [stem, fingerprint] = [stemOf(database), fingerprintOf(database)]
  const timeOf = (name: string): number | null => {
    if (!name.startsWith(`${stem}-`) || !name.endsWith(`-${fingerprint}.db`)) return null
    return parseStamp(name.slice(stem.length + 1, -`-${fingerprint}.db`.length))
  }
  return {
    at: (time) => `${stem}-${stampOf(time)}-${fingerprint}.db`,
    timeOf,
    unfinished: (id) => `.${stem}-${fingerprint}-${id}.part`,
    unfinishedOf: (name) =>
      name.startsWith(`.${stem}-${fingerprint}-`) ? (/^.+\.part(?=$|[.-])/.exec(name)?.[0] ?? null) : null,
  }
}

/** Names of the oldest backups that are too many; everything that is no backup of this database stays. */
export function surplus(names: string[], { timeOf }: BackupNames, keep: number): string[] {
  return names
    .filter((name) => timeOf(name) !== null)
    .sort()
    .reverse()
    .slice(keep)
}

/** `20261124T080000123Z`: ISO 8601 without what file systems refuse in a name. */
const stampOf = (time: number): string => new Date(time).toISOString().replace(/[-:.]/g, '')

function parseStamp(stamp: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(stamp)
  if (!parts) return null
  const [, year, month, day, hour, minute, second, ms] = parts
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
  return Number.isNaN(time) ? null : time
}
