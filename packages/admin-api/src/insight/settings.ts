import { basename } from 'node:path'
import type { Settings } from '@kamihi/contracts'
import { describeConfig } from '@kamihi/core'
import { backupFolder, databaseFile, listBackups } from '@kamihi/store'
import type { ApiContext } from '../context.ts'

/** The configuration in effect, and what there is to know of this installation. */
export async function describeSettings({
  kamihi,
  version,
  monitor,
  configSources,
}: ApiContext): Promise<Settings> {
  const { config, store } = kamihi
  const { path, sizeBytes, schemaVersion } = await store.info()
  return {
    file: configSources?.file ?? null,
    items: describeConfig(config, configSources),
    facts: {
      version,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      timezone: config.timezone,
      startedAt: new Date(monitor.process.startedAt).toISOString(),
      database: { path, sizeBytes, schemaVersion },
      retention: { days: config.jobs.retentionDays, runsPerJob: config.jobs.retentionRuns },
      backups: { ...config.db.backup, ...backupsOf(config.db.url) },
    },
  }
}

/** None of a database in memory, nor while their folder cannot be read. */
function backupsOf(url: string): Pick<Settings['facts']['backups'], 'folder' | 'items'> {
  try {
    const items = listBackups(url).map(({ path, at, sizeBytes }) => ({
      name: basename(path),
      at: new Date(at).toISOString(),
      sizeBytes,
    }))
    return { folder: backupFolder(databaseFile(url)), items }
  } catch {
    return { folder: null, items: [] }
  }
}
