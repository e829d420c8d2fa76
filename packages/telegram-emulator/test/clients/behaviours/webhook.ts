import { describe, expect, it } from 'vitest'
import type { Bot } from '../driver.ts'
import { ana, type Served, type Stage, soon } from '../stage.ts'

const secret = 'it-is_a-secret'

export function describeWebhook(stage: Stage): void {
  /** Serves a bot's callback and tells Telegram where it is. */
  async function hook(bot: Bot, toldSecret = secret): Promise<Served> {
    const served = await stage.serve(bot.webhookListener({ path: '/hook', secret }))
    await bot.setWebhook(served.url, toldSecret)
    return served
  }

  describe('by webhook', () => {
    it('hears and answers when the secret is right', async () => {
      const { bot, control } = stage
      bot.onMessage(({ message, reply }) => reply(`You said ${message.text}`))
      const served = await hook(bot)
      await control.say(ana, 'one')
      await control.say(ana, 'two')
      await control.waitForMessage(ana, ({ text }) => text === 'You said two')
      expect((await control.messages(ana)).map(({ text }) => text)).toContain('You said one')
      await soon(stage.pending).toBe(0)
      expect(served.requests()).toBe(2)
      expect(await bot.webhookError()).toBeUndefined()
    })

    it('refuses a wrong secret, and the update waits', async () => {
      const { bot, control } = stage
      const heard: string[] = []
      bot.onMessage(({ message }) => void heard.push(message.text ?? ''))
      await control.freeze()
      await hook(bot, 'another')
      await control.say(ana, 'hi')
      await soon(() => bot.webhookError()).toMatch(
        /^Wrong response from the webhook: (401 Unauthorized|403 Forbidden)$/,
      )
      expect(heard).toEqual([])
      expect(await stage.pending()).toBe(1)
    })

    it('gets an update again after its server has failed, first at once and then two seconds later', async () => {
      const { bot, control } = stage
      bot.onMessage(({ reply }) => reply('Here I am'))
      await control.freeze()
      const served = await hook(bot)
      served.failNext(500, 502)
      await control.say(ana, 'hi')
      await soon(() => bot.webhookError()).toBe('Wrong response from the webhook: 502 Bad Gateway')
      expect(served.requests()).toBe(2)
      await control.advance(1999)
      expect(served.requests()).toBe(2)
      await control.advance(1)
      await control.waitForMessage(ana, ({ text }) => text === 'Here I am')
      expect(served.requests()).toBe(3)
    })

    it('goes back to polling when the webhook is deleted, and not before', async () => {
      const { bot, control, another } = stage
      const served = await hook(bot)
      expect(await stage.refusal(bot.getUpdates())).toMatchObject({
        code: 409,
        description:
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      })
      await bot.deleteWebhook()
      const polling = another()
      polling.onMessage(({ reply }) => reply('I poll'))
      await control.say(ana, 'hi')
      await stage.start(polling)
      await control.waitForMessage(ana, ({ text }) => text === 'I poll')
      expect(served.requests()).toBe(0)
    })

    it('ends a bot that polls', async () => {
      const { bot, another } = stage
      const run = await stage.start(bot)
      const [refusal] = await Promise.all([stage.refusal(run.ended), hook(another())])
      expect(refusal).toMatchObject({
        code: 409,
        description: 'Conflict: terminated by setWebhook request',
      })
    })
  })
}
