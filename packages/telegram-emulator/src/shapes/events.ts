import { type Static, Type } from '@sinclair/typebox'
import type { EmulatedMessage } from './messages.ts'

/** A call of the Bot API, with what it was answered. */
export const RecordedCall = Type.Object({
  method: Type.String({ description: 'As the bot wrote it' }),
  params: Type.Record(Type.String(), Type.Unknown(), {
    description: 'What was given; of an uploaded file its name and size',
  }),
  status: Type.Integer({ description: 'HTTP status; 0 when no answer was given' }),
  response: Type.Unknown({ description: 'Body of the answer' }),
  fault: Type.Optional(Type.Integer({ description: 'Id of the fault that struck it' })),
  at: Type.Integer({ description: 'Epoch ms of the emulator' }),
})
export type RecordedCall = Static<typeof RecordedCall>

/** What the bot does next by itself. */
export const Due = Type.Object({
  label: Type.String(),
  at: Type.Integer({ description: 'Epoch ms' }),
})
export type Due = Static<typeof Due>

/** How the time of the emulator stands to real time. */
export const ClockState = Type.Object({
  now: Type.Integer({ description: 'Epoch ms' }),
  aheadMs: Type.Integer({ description: 'Milliseconds by which it is ahead of real time' }),
  frozen: Type.Boolean(),
})
export type ClockState = Static<typeof ClockState>

export const Update = Type.Object({ update_id: Type.Integer() }, { additionalProperties: true })
export type Update = { update_id: number; [kind: string]: unknown }

/** What happens in the emulator, for the chat page and for tests that wait. */
export type EmulatorEvent =
  | { type: 'message'; message: EmulatedMessage }
  | { type: 'edited'; message: EmulatedMessage }
  | { type: 'deleted'; chatId: number; messageIds: number[] }
  | { type: 'people' }
  | { type: 'commands' }
  | { type: 'action'; chatId: number; action: string }
  | { type: 'answered'; userId: number; text: string; alert: boolean; url?: string }
  | { type: 'call'; call: RecordedCall }
  | { type: 'update'; update: Update; delivered: boolean }
  | { type: 'clock'; clock: ClockState; due: Due | null }
  | { type: 'switches' }
  | { type: 'reset' }
