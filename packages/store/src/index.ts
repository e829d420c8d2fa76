export {
  type BackupFile,
  type BackupOptions,
  type BackupOutcome,
  createBackup,
  listBackups,
} from './backup.ts'
export { BadCursor } from './badCursor.ts'
export {
  type CheckOptions,
  checkDatabase,
  type DatabaseCheck,
  type DatabaseFacts,
  type DatabaseReport,
  databaseFacts,
  type JobFact,
  sqliteVersion,
} from './check.ts'
export { everyItem } from './everyItem.ts'
export { type Faults, noFaults } from './faults.ts'
export { backupFolder, databaseFile } from './files/databaseFile.ts'
export type { LeaseFact } from './files/reading.ts'
export { foldName } from './foldName.ts'
export { newId } from './ids.ts'
export * from './insightStore.ts'
export { type OpenOptions, openStore, type SchemaStatus, schemaStatus } from './openStore.ts'
export {
  type RestoreOptions,
  type RestoreOutcome,
  restoreBackup,
  type Settled,
  settleRestore,
} from './restore.ts'
export * from './runHistory.ts'
export * from './scheduling.ts'
export {
  deliveryMoves,
  deliveryStarts,
  isTerminalDelivery,
  isTerminalRun,
  runMoves,
  runStarts,
} from './states.ts'
export * from './store.ts'
export type { StoreFile, Whereabouts } from './storeFile.ts'
export * from './webhookStore.ts'
