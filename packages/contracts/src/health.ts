import { type Static, Type } from '@sinclair/typebox'
import { OneOf } from './common.ts'

export const TelegramState = OneOf(['connected', 'unreachable', 'conflict', 'unauthorized'])
export type TelegramState = Static<typeof TelegramState>

export const Readiness = Type.Object({
  store: OneOf(['open', 'closed']),
  scheduler: OneOf(['running', 'standby', 'stopped', 'disabled']),
  telegram: TelegramState,
})
export type Readiness = Static<typeof Readiness>
