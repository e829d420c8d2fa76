import { describe, expect, it } from 'vitest'
import { ana, luis, type Stage } from '../stage.ts'

const forAll = [
  { command: 'start', description: 'Begin' },
  { command: 'help', description: 'What I can do' },
]
const forAna = [{ command: 'secret', description: 'For Ana only' }]

export function describeMenu(stage: Stage): void {
  describe('with a menu of commands', () => {
    it('sets one for all and another for one chat', async () => {
      const { bot, control } = stage
      await bot.setCommands(forAll)
      await bot.setCommands(forAna, ana)
      expect(await bot.commands()).toEqual(forAll)
      expect(await bot.commands(ana)).toEqual(forAna)
      expect(await control.commandsFor(luis)).toEqual(forAll)
      expect(await control.commandsFor(ana)).toEqual(forAna)
    })

    it('is told what cannot stand in it', async () => {
      const call = stage.bot.setCommands([{ command: 'Upper', description: 'No' }])
      expect(await stage.refusal(call)).toMatchObject({
        code: 400,
        description: 'Bad Request: BOT_COMMAND_INVALID',
      })
    })
  })
}
