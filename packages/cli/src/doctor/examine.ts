import { statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Config, type LoadedConfig, timespanMs } from '@kamihi/core'
import {
  checkDatabase,
  type DatabaseReport,
  databaseFacts,
  databaseFile,
  listBackups,
  StoreError,
  sqliteVersion,
} from '@kamihi/store'
import { projectActions } from '../syncActions.ts'
import { leastNode } from '../version.ts'
import { actionFindings } from './actions.ts'
import { backupFinding, databaseFindings, leasesFinding } from './database.ts'
import { exposureFinding } from './exposure.ts'
import { diskFinding, freeBytes, modesFinding, privateFiles } from './files.ts'
import { error, type Finding, ok, warning } from './finding.ts'
import { jobFindings } from './jobs.ts'
import { runtimeFindings } from './runtime.ts'
import { settingsFinding } from './settings.ts'
import { askTelegram, telegramFindings } from './telegram.ts'

export interface Examination {
  loaded: LoadedConfig
  /** Folder of the project. */
  folder: string
  /** Reads all of the database instead of most of it. */
  deep: boolean
  /** Epoch milliseconds. */
  now: number
}

/** Looks at everything a bot rests on, and changes nothing. */
export async function examine(examination: Examination): Promise<Finding[]> {
  const { loaded, folder, now } = examination
  const { config } = loaded
  return [
    ...runtimeFindings({
      node: process.version,
      leastNode,
      sqlite: sqliteVersion(),
      timezoneData: process.versions.tz,
      timezone: config.timezone,
      now,
    }),
    settingsFinding(loaded),
    ...actionFindings(await projectActions(folder)),
    ...(await storeFindings(examination)),
    ...(await telegramOf(config)),
    exposureFinding(config),
  ]
}

async function storeFindings(examination: Examination): Promise<Finding[]> {
  const { url } = examination.loaded.config.db
  if (url.endsWith(':memory:'))
    return [
      warning(
        'database',
        'The database is in memory: nothing survives a restart.',
        'Set db.url to a file, e.g. sqlite:///kamihi.db.',
      ),
    ]
  try {
    return await fileFindings(examination, databaseFile(url))
  } catch (reason) {
    if (!(reason instanceof StoreError)) throw reason
    return [error('database', reason.message, 'Look at db.url, and at who may read that file.')]
  }
}

async function fileFindings({ loaded, folder, deep, now }: Examination, path: string): Promise<Finding[]> {
  const { config } = loaded
  const { url } = config.db
  // Before the file is opened: what stands beside it is made anew by that.
  const modes = privateFiles(path, secretFiles(loaded, folder))
  const report = await checkDatabase({ url, depth: deep ? 'full' : 'quick' })
  return [
    ...(process.platform === 'win32' ? [] : [modesFinding(modes)]),
    diskFinding(freeBytes(path)),
    ...databaseFindings(report, restoreAdvice(url)),
    ...(isReadable(report) ? factFindings(config, path, now) : []),
  ]
}

/** Files besides the database that hold what nobody else should read. */
function secretFiles({ config, sources, file }: LoadedConfig, folder: string): string[] {
  const holdsToken = (place: string) => sources.token === place
  return [
    ...(sources.token?.endsWith('.env') ? [join(folder, '.env')] : []),
    ...(file !== null && holdsToken(file) ? [file] : []),
    ...(config.log.fileEnable ? [join(folder, config.log.filePath)] : []),
  ]
}

/** Rows can be read where the pages are sound and the schema is known. */
const isReadable = ({ schema }: DatabaseReport): boolean => schema.current === schema.latest

function factFindings(config: Config, path: string, now: number): Finding[] {
  const { leases, lastBackupAt, jobs } = databaseFacts(config.db.url)
  const newest = listBackups(config.db.url)[0]?.at ?? null
  return [
    leasesFinding(leases, now),
    ...jobFindings(jobs, config, now),
    backupFinding({
      lastAt: newest === null && lastBackupAt === null ? null : Math.max(newest ?? 0, lastBackupAt ?? 0),
      databaseAt: statSync(path).birthtimeMs,
      everyMs: timespanMs(config.db.backup.every),
      now,
    }),
  ]
}

function restoreAdvice(url: string): string {
  const newest = listBackups(url)[0]
  return newest
    ? `kamihi db restore ${relative('', newest.path)}`
    : 'Bring a backup back with "kamihi db restore FILE".'
}

async function telegramOf(config: Config): Promise<Finding[]> {
  if (config.token !== null)
    return telegramFindings(await askTelegram(config, config.token), config.telegram.mode)
  if (config.telegram.emulator.enabled)
    return [ok('telegram', 'No token is set: the built-in stand-in is used.')]
  return [
    error(
      'telegram',
      'There is no token, and the stand-in is switched off.',
      'Set token, e.g. KAMIHI_TOKEN in .env.',
    ),
  ]
}
