import { describe, expect, it } from 'vitest'
import { ana, type Stage, soon } from '../stage.ts'

const buttons: [string, string][][] = [
  [
    ['Yes', 'y'],
    ['No', 'n'],
  ],
  [['Later', 'later']],
]
const inlineKeyboard = [
  [
    { text: 'Yes', callback_data: 'y' },
    { text: 'No', callback_data: 'n' },
  ],
  [{ text: 'Later', callback_data: 'later' }],
]

export function describeKeyboards(stage: Stage): void {
  describe('with keyboards', () => {
    it('hears an inline button, answers it and edits the message', async () => {
      const { bot, control } = stage
      bot.onPress(async ({ data, answer, edit }) => {
        await answer('Noted')
        await edit(`You chose ${data}`)
      })
      await stage.start()
      const { message_id } = await bot.sendText(ana, 'Well?', { buttons })
      expect(await control.messages(ana)).toMatchObject([
        { text: 'Well?', replyMarkup: { inline_keyboard: inlineKeyboard } },
      ])
      await control.click(ana, message_id, 'later')
      const edited = await control.waitForMessage(ana, ({ text }) => text === 'You chose later')
      expect(edited).toMatchObject({ messageId: message_id, editedAt: expect.any(Number) })
      expect(edited.replyMarkup).toBeUndefined()
      expect(await control.calls({ method: 'answerCallbackQuery' })).toMatchObject([
        { status: 200, params: { text: 'Noted' } },
      ])
    })

    it('is too late to answer a button an hour later', async () => {
      const { bot, control } = stage
      const refusals: unknown[] = []
      bot.onPress(async ({ answer }) => {
        await control.advance(3_600_000)
        refusals.push(await stage.refusal(answer('Too late')))
      })
      await stage.start()
      const { message_id } = await bot.sendText(ana, 'Well?', { buttons })
      await control.click(ana, message_id, 'y')
      await soon(() => refusals).toMatchObject([
        {
          code: 400,
          description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
        },
      ])
    })

    it('edits buttons alone, and takes them away', async () => {
      const { bot, control } = stage
      const { message_id } = await bot.sendText(ana, 'Well?', { buttons })
      await bot.editButtons(ana, message_id, [[['Sure', 's']]])
      expect(await control.messages(ana)).toMatchObject([
        { text: 'Well?', replyMarkup: { inline_keyboard: [[{ text: 'Sure', callback_data: 's' }]] } },
      ])
      await bot.editButtons(ana, message_id)
      expect((await control.messages(ana))[0]?.replyMarkup).toBeUndefined()
    })

    it('edits a text together with its buttons, and not without any change', async () => {
      const { bot, control } = stage
      const { message_id } = await bot.sendText(ana, 'Well?', { buttons })
      await bot.editText(ana, message_id, '*Well* then', { parseMode: 'MarkdownV2', buttons })
      expect(await control.messages(ana)).toMatchObject([
        {
          text: 'Well then',
          entities: [{ type: 'bold', offset: 0, length: 4 }],
          replyMarkup: { inline_keyboard: inlineKeyboard },
        },
      ])
      const again = bot.editText(ana, message_id, '*Well* then', { parseMode: 'MarkdownV2', buttons })
      expect(await stage.refusal(again)).toMatchObject({
        code: 400,
        description:
          'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      })
    })

    it('shows a keyboard in place of the letters, hears its words and takes it away', async () => {
      const { bot, control } = stage
      bot.onMessage(({ message, reply }) =>
        message.text === 'Tea'
          ? reply('Tea it is', { keyboard: 'remove' })
          : reply('Drink?', { keyboard: { rows: [['Tea', 'Coffee'], ['Nothing']] } }),
      )
      await stage.start()
      await control.say(ana, 'hi')
      const asked = await control.waitForMessage(ana, ({ text }) => text === 'Drink?')
      expect(asked.replyMarkup).toMatchObject({
        keyboard: [[{ text: 'Tea' }, { text: 'Coffee' }], [{ text: 'Nothing' }]],
        resize_keyboard: true,
      })
      await control.say(ana, 'Tea')
      const { replyMarkup } = await control.waitForMessage(ana, ({ text }) => text === 'Tea it is')
      expect(replyMarkup).toEqual({ remove_keyboard: true })
    })
  })
}
