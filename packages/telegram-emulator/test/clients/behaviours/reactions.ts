import { describe, expect, it } from 'vitest'
import { ana, type Stage, soon } from '../stage.ts'

export function describeReactions(stage: Stage): void {
  describe('with reactions', () => {
    it('reacts to a message', async () => {
      const { bot, control } = stage
      const { messageId } = await control.say(ana, 'It works')
      await bot.react(ana, messageId, '🔥')
      expect((await control.messages(ana))[0]?.reactions).toEqual([
        { senderId: (await control.bot()).id, emoji: '🔥' },
      ])
    })

    it('hears a reaction when it asks for that', async () => {
      const { bot, control } = stage
      const heard: unknown[] = []
      bot.on('message_reaction', (update) => {
        heard.push([update.user?.id, update.message_id, update.old_reaction, update.new_reaction])
      })
      const { message_id } = await bot.sendText(ana, 'Do you like it?')
      await stage.start(bot, ['message', 'message_reaction'])
      await control.react(ana, message_id, '👍')
      await control.react(ana, message_id, null)
      const thumb = { type: 'emoji', emoji: '👍' }
      await soon(() => heard).toEqual([
        [ana, message_id, [], [thumb]],
        [ana, message_id, [thumb], []],
      ])
    })
  })
}
