import { expect, it } from 'vitest'
import { foundEntities } from '../../src/text/foundEntities.ts'

const found = (text: string) =>
  foundEntities(text).map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`)

it.each([
  ['/start', ['bot_command /start']],
  ['/start@kamihi_demo_bot now', ['bot_command /start@kamihi_demo_bot']],
  ['and /help', ['bot_command /help']],
  ['path/to/file', []],
  ['see https://kamihi.dev/a?b=1.', ['url https://kamihi.dev/a?b=1']],
  ['see kamihi.dev, please', ['url kamihi.dev']],
  ['mail ana@kamihi.dev', ['email ana@kamihi.dev']],
  ['@ana_maria and @x', ['mention @ana_maria']],
  ['#weather #42', ['hashtag #weather']],
])('%j is marked as Telegram marks it', (text, expected) => {
  expect(found(text)).toEqual(expected)
})

it('nothing is marked inside of code and links', () => {
  expect(foundEntities('/start', [{ type: 'code', offset: 0, length: 6 }])).toEqual([])
})
