// What a bot author imports, commonest first.

export { createAdminApi } from '@kamihi/admin-api'
export type { Job, Run, User } from '@kamihi/contracts'
export type { ActionDefinition, Config, Kamihi, KamihiOptions, Logger } from '@kamihi/core'
export { AnswerError, ask, createKamihi, defineAction, defineQuestion, loadConfig, text } from '@kamihi/core'
export { createJobs } from '@kamihi/jobs'
export { type RunningBot, type StartBotOptions, startBot } from './startBot.ts'
