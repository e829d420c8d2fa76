import { describe, expect, it } from 'vitest'
import { ana, luis, type Stage, soon, wrongToken } from '../stage.ts'

export function describePolling(stage: Stage): void {
  describe('by long polling', () => {
    it('hears a command and answers it', async () => {
      const { bot, control } = stage
      bot.onCommand('hello', ({ message, reply }) => reply(`Hello ${message.from?.first_name}`))
      await stage.start()
      await control.say(ana, '/hello')
      const answer = await control.waitForMessage(ana, ({ from }) => from === 'bot')
      expect(answer).toMatchObject({ text: 'Hello Ana', senderId: (await control.bot()).id })
    })

    it('gets what was said before it ran, once and in order', async () => {
      const { bot, control } = stage
      const heard: string[] = []
      bot.onMessage(({ message }) => void heard.push(`${message.from?.first_name} ${message.text}`))
      for (const text of ['one', 'two', 'three']) await control.say(ana, text)
      await control.say(luis, 'four')
      await stage.start()
      await control.say(ana, 'five')
      await soon(() => heard).toHaveLength(5)
      expect(heard).toEqual(['Ana one', 'Ana two', 'Ana three', 'Luis four', 'Ana five'])
    })

    it('says who wrote, where, and what was answered', async () => {
      const { bot, control } = stage
      bot.onMessage(({ message, reply }) =>
        message.reply_to_message
          ? reply(`to ${message.reply_to_message.message_id}`, { replyTo: message.message_id })
          : undefined,
      )
      await stage.start()
      const first = await control.say(ana, 'first')
      const second = await control.say(ana, 'second', { replyTo: first.messageId })
      const answer = await control.waitForMessage(ana, ({ from }) => from === 'bot')
      expect(answer).toMatchObject({ text: `to ${first.messageId}`, replyTo: second.messageId })
    })

    it('stops cleanly, and what is said afterwards waits for the next start', async () => {
      const { control, another } = stage
      const heard: string[] = []
      const [first, second] = [another(), another()]
      first.onMessage(({ message }) => void heard.push(`first ${message.text}`))
      second.onMessage(({ message }) => void heard.push(`second ${message.text}`))
      const run = await stage.start(first)
      await control.say(ana, 'one')
      await soon(stage.pending).toBe(0)
      await run.stop()
      await expect(run.ended).resolves.toBeUndefined()
      await control.say(ana, 'two')
      expect(await stage.pending()).toBe(1)
      await stage.start(second)
      expect(heard).toEqual(['first one', 'second two'])
    })

    it('is ended by a second one, with the conflict in an error of the library', async () => {
      const { bot, control, another } = stage
      const second = another()
      second.onMessage(({ reply }) => reply('I am the second'))
      const run = await stage.start(bot)
      const [refusal] = await Promise.all([stage.refusal(run.ended), stage.start(second)])
      expect(refusal).toMatchObject({
        code: 409,
        description:
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      })
      await control.say(ana, 'who is there?')
      await control.waitForMessage(ana, ({ text }) => text === 'I am the second')
    })

    it('gets the kinds of updates that it asks for', async () => {
      const { bot, control } = stage
      const heard: string[] = []
      bot.onMessage(({ message }) => void heard.push(message.text ?? ''))
      bot.on('my_chat_member', ({ chat }) => void (chat.id === ana && heard.push('blocked')))
      await stage.start(bot, ['message'])
      await control.block(ana)
      await control.say(luis, 'hi')
      await soon(() => heard).toEqual(['hi'])
    })

    it('does not begin with a wrong token', async () => {
      const stranger = stage.another(wrongToken)
      expect(await stage.refusal(stranger.startPolling().ended)).toEqual({
        code: 401,
        description: 'Unauthorized',
        parameters: {},
      })
      // Some libraries make more than one call at the start; those must not outlive the emulator.
      await stage.refusal(stranger.deleteWebhook())
    })
  })
}
