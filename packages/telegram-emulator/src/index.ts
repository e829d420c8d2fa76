export { type ClockState, createClock, type EmulatorClock } from './clock.ts'
export type { EmulatorControl } from './control.ts'
export { createControlClient } from './controlClient.ts'
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts'
export type {
  Command,
  Due,
  EmulatedMessage,
  EmulatedUser,
  EmulatorEvent,
  Fault,
  MessageEntity,
  NewUser,
  RecordedCall,
} from './types.ts'
