import { resume } from '../acts/resume.ts'
import { knownNames } from '../botApi/methodNames.ts'
import { limitsOf } from '../flood/flood.ts'
import { clearWorld, saveWorld } from '../world/snapshot.ts'
import { clockEvent, type World } from '../world/world.ts'
import type { StateControl, SwitchControl, TimeControl } from './control.ts'

export function switchControl(world: World): SwitchControl {
  const changed = () => world.emit({ type: 'switches' })
  return {
    async fail(fault) {
      if (fault.method && !knownNames.has(fault.method.toLowerCase()))
        throw new Error(`The Bot API has no method ${fault.method}, so nothing would ever fail.`)
      const set = world.faults.add(fault)
      changed()
      return set
    },
    faults: async () => world.faults.list(),
    async clearFaults(id) {
      if (id === undefined) world.faults.clear()
      else if (!world.faults.remove(id))
        throw new Error(`There is no fault ${id}; it may have struck as often as it was to.`)
      changed()
    },
    limits: async () => ({ limits: world.flood.limits(), counters: world.flood.counters() }),
    async setLimits(limits) {
      world.flood.setLimits(limitsOf(limits))
      changed()
    },
  }
}

export function timeControl(world: World): TimeControl {
  const { clock } = world
  return {
    time: async () => ({ ...clock.state(), due: world.due }),
    advance: async (ms) => clock.advance(ms),
    async advanceToDue() {
      if (!world.due) throw new Error('Nothing is due: the bot has no enabled job.')
      clock.advance(Math.max(0, world.due.at - clock.now()))
    },
    freeze: async () => clock.freeze(),
    resume: async () => clock.resume(),
    async announce(due) {
      world.due = due
      world.emit(clockEvent(world))
    },
  }
}

export const stateControl = (world: World): StateControl => ({
  save: async () => saveWorld(world),
  load: async (snapshot) => resume(world, snapshot),
  async reset() {
    clearWorld(world)
    world.emit({ type: 'reset' })
  },
})
