import type { EmulatorControl } from '../../src/control/control.ts'
import type { Command } from '../../src/shapes/people.ts'
import { createLatest } from './latest.ts'
import type { Place } from './place.svelte.ts'
import { whereOf } from './where.ts'

/** The "/" menu of the person one is, where one is. */
export function createCommands(control: EmulatorControl, place: Place) {
  let commands = $state.raw<Command[]>([])
  const take = createLatest<Command[]>((answer) => {
    commands = answer
  })
  return {
    get list() {
      return commands
    },
    async load(): Promise<void> {
      const { personId, chatId } = place
      await take(async () =>
        personId === null || chatId === null ? [] : control.commandsFor(personId, whereOf(chatId)),
      )
    },
  }
}
