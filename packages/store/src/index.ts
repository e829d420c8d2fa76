export { newId } from './ids.ts'
export { type OpenOptions, openStore, type SchemaStatus, schemaStatus } from './openStore.ts'
export { deliveryMoves, isTerminalDelivery, isTerminalRun, runMoves } from './states.ts'
export * from './store.ts'
