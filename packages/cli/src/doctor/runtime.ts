import { error, type Finding, ok, warning } from './finding.ts'

export interface Runtime {
  /** Of Node, e.g. `v20.19.0`. */
  node: string
  /** Least version of Node that Kamihi supports, e.g. `20.19`. */
  leastNode: string
  sqlite: string
  /** Release of the time zone data of Node, e.g. `2025c`; undefined when it uses that of the system. */
  timezoneData: string | undefined
  /** Zone of the settings. */
  timezone: string
  /** Epoch milliseconds. */
  now: number
}

/** Before it, two connections that moved the journal at the same moment could damage a database (https://sqlite.org/wal.html#walresetbug). */
const soundSqlite = '3.51.3'
/** Countries change their clocks some times a year; this many years without news are too many. */
const yearsOfData = 2

export function runtimeFindings(runtime: Runtime): Finding[] {
  return [nodeFinding(runtime), sqliteFinding(runtime), timezoneFinding(runtime)]
}

function nodeFinding({ node, leastNode }: Runtime): Finding {
  if (compareVersions(node.replace(/^v/, ''), leastNode) >= 0) return ok('node', node)
  return error('node', `${node} is older than what is supported.`, `Install Node ${leastNode} or newer.`)
}

function sqliteFinding({ sqlite }: Runtime): Finding {
  if (compareVersions(sqlite, soundSqlite) >= 0) return ok('sqlite', sqlite)
  return warning(
    'sqlite',
    `${sqlite} can damage a database in rare cases when two processes use it.`,
    `Update better-sqlite3 to a version with SQLite ${soundSqlite} or newer.`,
  )
}

function timezoneFinding({ timezoneData, timezone, now }: Runtime): Finding {
  const check = 'timezone_data'
  if (timezoneData === undefined) return ok(check, `That of the system; the zone is ${timezone}.`)
  const year = Number(timezoneData.slice(0, 4))
  if (new Date(now).getUTCFullYear() - year <= yearsOfData)
    return ok(check, `${timezoneData}; the zone is ${timezone}.`)
  return warning(
    check,
    `${timezoneData} does not know clock changes that were decided since.`,
    'Update Node, which brings newer data.',
  )
}

/** Negative when `a` is the older one; parts that are missing count as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)))
  for (let n = 0; n < 3; n += 1) {
    const difference = (left?.[n] ?? 0) - (right?.[n] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
