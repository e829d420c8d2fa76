import { beforeAll, describe, expect, it } from 'vitest'
import { setupBot } from './bot.ts'
import { access } from './errorTexts/access.ts'
import { albums } from './errorTexts/albums.ts'
import { commandRows } from './errorTexts/commands.ts'
import { edits } from './errorTexts/edits.ts'
import { entities } from './errorTexts/entities.ts'
import { forwards } from './errorTexts/forwards.ts'
import { keyboards } from './errorTexts/keyboards.ts'
import { media } from './errorTexts/media.ts'
import { members } from './errorTexts/members.ts'
import { messageRows } from './errorTexts/messages.ts'
import { polls } from './errorTexts/polls.ts'
import { profile } from './errorTexts/profile.ts'
import { otherWords, refusalsInSource } from './errorTexts/source.ts'
import { text } from './errorTexts/text.ts'
import { updates } from './errorTexts/updates.ts'
import { prepare } from './errorTexts/world.ts'

const rows = [
  ...access,
  ...members,
  ...forwards,
  ...edits,
  ...text,
  ...entities,
  ...keyboards,
  ...media,
  ...albums,
  ...messageRows,
  ...polls,
  ...profile,
  ...commandRows,
  ...updates,
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
