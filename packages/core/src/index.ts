// What authors of actions use.

export { isTimezone } from '@kamihi/contracts'
export { checkReachability, type ReachabilityCheck } from './access/reachability.ts'
export {
  type ActionContext,
  type ActionDefinition,
  type ActionResult,
  type ActionRuntime,
  defineAction,
  type JobContext,
} from './actions/action.ts'
export type { LogLine } from './actions/captureLogs.ts'
export { loadActions } from './actions/loadActions.ts'
export type { Registry } from './actions/registry.ts'
export { runAction } from './actions/runAction.ts'
export { type BackupsOptions, createBackups, nextBackupAt } from './backups.ts'
export { type Clock, followTime, type MovingTime, systemClock } from './clock.ts'
export { type ConfigSources, describeConfig } from './config/describeConfig.ts'
export { type LoadedConfig, type LoadOptions, loadConfig } from './config/loadConfig.ts'
export { type Config, configSchema } from './config/schema.ts'
export { timespanMs } from './config/timespan.ts'
export { KamihiError, type KamihiErrorCode, kamihiErrors } from './errors.ts'
export { createEvents } from './events.ts'
export { explanations, type HealthStatus, reasonOf } from './health/status.ts'
export type { Health } from './health.ts'
export { setTimerInStep } from './inStep.ts'
// What starts a bot.
export { createKamihi } from './kamihi.ts'
// What other parts of Kamihi build on.
export * from './kamihi.types.ts'
export { type HeldLease, holdLease } from './lease.ts'
export { createLogger, escapeControls, type LevelName, type Logger, silentLogger } from './logger.ts'
export { text } from './output/toParts.ts'
export { ask } from './questions/ask.ts'
export { AnswerError, type CommonOptions, defineQuestion, type Question } from './questions/question.ts'
export { maskedUrl, redact } from './redact.ts'
export { type Repeating, repeat } from './repeat.ts'
export * from './telegram/telegram.types.ts'
