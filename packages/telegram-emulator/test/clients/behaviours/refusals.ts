import { describe, expect, it } from 'vitest'
import type { Driver } from '../driver.ts'
import { ana, luis, type Stage, wrongToken } from '../stage.ts'

export function describeRefusals(stage: Stage, driver: Driver): void {
  describe('is told in an error of the library', () => {
    it('that the person has blocked it', async () => {
      await stage.control.block(ana)
      expect(await stage.refusal(stage.bot.sendText(ana, 'hi'))).toEqual({
        code: 403,
        description: 'Forbidden: bot was blocked by the user',
        parameters: {},
      })
    })

    it('that the person has not pressed Start yet', async () => {
      const { bot, control } = stage
      await control.addUser({ id: 9, firstName: 'Mei', started: false })
      expect(await stage.refusal(bot.sendText(9, 'hi'))).toMatchObject({
        code: 403,
        description: "Forbidden: bot can't initiate conversation with a user",
      })
      bot.onCommand('start', ({ reply }) => reply('Welcome'))
      await stage.start()
      await control.start(9)
      await control.waitForMessage(9, ({ text }) => text === 'Welcome')
    })

    it('that there is no such chat', async () => {
      expect(await stage.refusal(stage.bot.sendText(99, 'hi'))).toEqual({
        code: 400,
        description: 'Bad Request: chat not found',
        parameters: {},
      })
    })

    it('that its token is wrong', async () => {
      const stranger = stage.another(wrongToken)
      expect(await stage.refusal(stranger.sendText(ana, 'hi'))).toMatchObject({
        code: 401,
        description: 'Unauthorized',
      })
    })

    it('that there is no such method', async () => {
      expect(await stage.refusal(stage.bot.callAny('sendNothing'))).toMatchObject({
        code: 404,
        description: 'Not Found: method not found',
      })
    })

    it('that the emulator does not model a method', async () => {
      const { code, description } = await stage.refusal(stage.bot.sendInvoice(ana))
      expect(code).toBe(501)
      expect(description).toMatch(/^Not Implemented/)
    })

    it('how long to wait when it writes too fast, and then it may go on', async () => {
      const { bot, control } = stage
      await control.freeze()
      await control.setLimits({ chat: { most: 2, perMs: 30_000 } })
      await bot.sendText(ana, 'one')
      await control.advance(4000)
      await bot.sendText(ana, 'two')
      expect(await stage.refusal(bot.sendText(ana, 'three'))).toEqual({
        code: 429,
        description: 'Too Many Requests: retry after 26',
        parameters: { retry_after: 26 },
      })
      await bot.sendText(luis, 'You are another')
      await control.advance(26_000)
      await bot.sendText(ana, 'three')
      expect((await control.messages(ana)).map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    })

    it('that the connection was cut', async () => {
      await stage.control.fail({ method: 'sendMessage', error: 'reset-before' })
      const error = await stage.bot.sendText(ana, 'hi').catch((reason: unknown) => reason)
      expect(driver.isConnectionError(error)).toBe(true)
      await stage.bot.sendText(ana, 'again')
      expect((await stage.control.messages(ana)).map(({ text }) => text)).toEqual(['again'])
    })
  })
}
