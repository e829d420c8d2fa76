import { beforeAll, describe, expect, it } from 'vitest'
import { setupBot } from './bot.ts'
import { access } from './errorTexts/access.ts'
import { accessFaults } from './errorTexts/faults/access.ts'
import { keyboardFaults } from './errorTexts/faults/keyboards.ts'
import { mediaFaults } from './errorTexts/faults/media.ts'
import { messageFaults } from './errorTexts/faults/messages.ts'
import { pollFaults } from './errorTexts/faults/polls.ts'
import { profileFaults } from './errorTexts/faults/profile.ts'
import { textFaults } from './errorTexts/faults/text.ts'
import { keyboards } from './errorTexts/keyboards.ts'
import { media } from './errorTexts/media.ts'
import { messageRows } from './errorTexts/messages.ts'
import { polls } from './errorTexts/polls.ts'
import { profile } from './errorTexts/profile.ts'
import { otherWords, refusalsInSource } from './errorTexts/source.ts'
import { text } from './errorTexts/text.ts'
import { updates } from './errorTexts/updates.ts'
import { prepare, type Row } from './errorTexts/world.ts'

const rows = [...access, ...text, ...keyboards, ...media, ...messageRows, ...polls, ...profile, ...updates]
const faults = [
  ...accessFaults,
  ...textFaults,
  ...keyboardFaults,
  ...mediaFaults,
  ...messageFaults,
  ...pollFaults,
  ...profileFaults,
]

const refused = (status: number, description: string, parameters?: object) => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) },
})

describe('what is refused', () => {
  const bot = setupBot({}, 'file')
  beforeAll(() => prepare(bot))

  it.each(rows)('%s: %s', async (_, method, given, status, description, parameters) => {
    const params = typeof given === 'function' ? await given(bot) : given
    const { headers, ...answer } = await bot.call(method, params)
    expect(answer).toEqual(refused(status, description, parameters))
    expect(headers.get('content-type')).toContain('application/json')
  })

  it('has a row for every refusal in the source', () => {
    const words = [...rows.map(([, , , , description]) => description), ...otherWords]
    expect(refusalsInSource().filter((form) => !words.some((each) => form.test(each)))).toEqual([])
  })

  it('changes nothing', async () => {
    const before = await bot.control.save()
    for (const [, method, given] of rows) {
      if (typeof given !== 'function') await bot.call(method, given)
    }
    expect(await bot.control.save()).toEqual(before)
  })
})

/** Telegram refuses these in the words given, the emulator in others or not at all. */
describe('what is refused otherwise than by Telegram', () => {
  const bot = setupBot({}, 'file')
  beforeAll(() => prepare(bot))

  it.fails.each<Row>(faults)('%s: %s', async (_, method, given, status, description, parameters) => {
    const params = typeof given === 'function' ? await given(bot) : given
    const { headers: __, ...answer } = await bot.call(method, params)
    expect(answer).toEqual(refused(status, description, parameters))
  })
})
