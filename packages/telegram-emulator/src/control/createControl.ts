import type { World } from '../world/world.ts'
import { actControl } from './acts.ts'
import type { EmulatorControl } from './control.ts'
import { inspectControl } from './inspect.ts'
import { chatControl, peopleControl } from './people.ts'
import { stateControl, switchControl, timeControl } from './switches.ts'

/** The control of an emulator in this process. */
export const createControl = (world: World): EmulatorControl => ({
  ...peopleControl(world),
  ...chatControl(world),
  ...actControl(world),
  ...inspectControl(world),
  ...switchControl(world),
  ...timeControl(world),
  ...stateControl(world),
})
