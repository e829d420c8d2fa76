import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import type { DatabaseCheck, DatabaseReport, LeaseFact } from '@kamihi/store'
import { lasting, size } from '../words.ts'
import { error, type Finding, ok, warning } from './finding.ts'

/** What the check of the database found. */
export function databaseFindings(report: DatabaseReport, restoreCommand: string): Finding[] {
  const file = relative('', report.path)
  const cutOff = existsSync(`${report.path}.restoring`)
    ? [
        warning(
          'restore',
          'A restore was cut off, or is under way.',
          'Let it end, or start the bot, which finishes or undoes it.',
        ),
      ]
    : []
  if (!report.exists) return [...cutOff, missing(report.path, restoreCommand)]
  const checks = report.checks.map((check) => checkFinding(check, report, restoreCommand))
  return [ok('database', `${file}, ${size(report.sizeBytes)}.`), ...cutOff, ...checks]
}

/** Beside a database lies the id of its installation: where that is alone, something is lost. */
function missing(path: string, restoreCommand: string): Finding {
  const file = relative('', path)
  if (existsSync(`${path}.id`)) return error('database', `${file} is gone.`, restoreCommand)
  return ok('database', `${file} is made at the first start.`)
}

function checkFinding(
  { name, found, problems }: DatabaseCheck,
  { schema }: DatabaseReport,
  restoreCommand: string,
): Finding {
  if (problems.length === 0) return ok(name, found)
  if (name === 'integrity') return error(name, `${found} ${problems[0]}`, restoreCommand)
  if (name === 'schema')
    return schema.current < schema.latest
      ? warning(name, found, 'The next start brings it up to date, or "kamihi db upgrade".')
      : error(name, found, 'Use the newer version of Kamihi, or restore a backup of this one.')
  if (name === 'audit')
    return error(
      name,
      `${found} ${problems[0]}`,
      'Somebody has changed the audit log by other means than Kamihi: find out who can write the file, and compare it with a backup.',
    )
  return error(
    name,
    `${found} ${problems[0]}`,
    'Keep a backup, and report it with what "kamihi db check" says.',
  )
}

/** A lease that lasts longer than any process asks for comes from another time. */
const longestLeaseMs = 60_000

export function leasesFinding(leases: LeaseFact[], now: number): Finding {
  const check = 'leases'
  const held = leases.filter(({ name, until }) => until > now && (name === 'poller' || name === 'scheduler'))
  const [first] = held
  if (!first) return ok(check, 'No bot is running on the database.')
  const ahead = held.find(({ until }) => until - now > longestLeaseMs)
  if (ahead)
    return warning(
      check,
      `"${ahead.name}" is held until ${new Date(ahead.until).toISOString()}: the clock went back, or the emulator is in another time.`,
      'If no bot runs, start it: it waits for the lease to end. With the emulator this is no fault.',
    )
  return ok(check, `A bot is running: it holds ${held.map(({ name }) => name).join(' and ')}.`)
}

export interface BackupFacts {
  /** When the last one was made (epoch milliseconds). */
  lastAt: number | null
  /** When the database was made. */
  databaseAt: number
  /** How often the bot makes one; null for never. */
  everyMs: number | null
  now: number
}

/** Whoever makes backups by other means should do so once a week at least. */
const weekMs = 7 * 86_400_000

export function backupFinding({ lastAt, databaseAt, everyMs, now }: BackupFacts): Finding {
  const check = 'backup'
  const longest = everyMs === null ? weekMs : 2 * everyMs
  const action =
    everyMs === null
      ? 'Make one with "kamihi db backup", or set db.backup.every.'
      : 'Make one with "kamihi db backup". The running bot makes them by itself: its log says why not.'
  if (lastAt !== null && now - lastAt <= longest)
    return ok(check, `The last was made ${lasting(Math.max(0, now - lastAt))} ago.`)
  if (lastAt !== null) return warning(check, `The last was made ${lasting(now - lastAt)} ago.`, action)
  if (now - databaseAt <= longest) return ok(check, 'None yet; the database is new.')
  return warning(check, 'There is none.', action)
}
