import { describe, expect, it } from 'vitest'
import { ana, type Stage } from '../stage.ts'

export function describeFormatting(stage: Stage): void {
  describe('with formatting', () => {
    it('marks text in MarkdownV2', async () => {
      const sent = await stage.bot.sendText(ana, '*Hi* _Ana_, `1\\.5`: [here](https://example.com/)', {
        parseMode: 'MarkdownV2',
      })
      expect(sent.text).toBe('Hi Ana, 1.5: here')
      expect(sent.entities).toEqual([
        { type: 'bold', offset: 0, length: 2 },
        { type: 'italic', offset: 3, length: 3 },
        { type: 'code', offset: 8, length: 3 },
        { type: 'text_link', offset: 13, length: 4, url: 'https://example.com/' },
      ])
      expect(await stage.control.messages(ana)).toMatchObject([
        { text: 'Hi Ana, 1.5: here', entities: sent.entities },
      ])
    })

    it('marks text in HTML, counted in UTF-16', async () => {
      const sent = await stage.bot.sendText(ana, '🎈 <b>a &lt; <i>b</i></b>', { parseMode: 'HTML' })
      expect(sent.text).toBe('🎈 a < b')
      expect(sent.entities).toEqual([
        { type: 'bold', offset: 3, length: 5 },
        { type: 'italic', offset: 7, length: 1 },
      ])
    })

    it('finds links and commands by itself', async () => {
      const sent = await stage.bot.sendText(ana, 'See example.com & /help')
      expect(sent.text).toBe('See example.com & /help')
      expect(sent.entities).toMatchObject([{ type: 'url' }, { type: 'bot_command' }])
    })

    it.each([
      ['MarkdownV2', 'Wow!', "Character '!' is reserved and must be escaped with the preceding '\\'"],
      ['MarkdownV2', 'a *b', "Can't find end of Bold entity at byte offset 2"],
      ['HTML', 'a <b>b', `Can't find end tag corresponding to start tag "b"`],
      ['HTML', '<x>', 'Unsupported start tag "x" at byte offset 0'],
    ] as const)('is told what is wrong with %s "%s"', async (parseMode, text, why) => {
      expect(await stage.refusal(stage.bot.sendText(ana, text, { parseMode }))).toMatchObject({
        code: 400,
        description: `Bad Request: can't parse entities: ${why}`,
      })
    })
  })
}
