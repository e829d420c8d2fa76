import { describe, expect, it } from 'vitest'
import { ana, begin, setupBot } from '../bot.ts'

const bot = setupBot()
const here = { chat_id: ana }
const notModified =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

describe('a live place', () => {
  const place = { latitude: 1, longitude: 2 }
  const send = async (live_period: number) => {
    const { message_id } = await bot.ok('sendLocation', { ...here, ...place, live_period })
    return { ...here, message_id }
  }
  const over = "Bad Request: message can't be edited"

  it('moves until its time is over', async () => {
    const edit = await send(60)
    await bot.control.advance(59_000)
    expect(
      await bot.ok('editMessageLiveLocation', { ...edit, latitude: 3, longitude: 4, heading: 9 }),
    ).toMatchObject({
      location: { latitude: 3, longitude: 4, heading: 9, live_period: 60 },
      edit_date: begin + 59,
    })
    await bot.control.advance(2000)
    expect(await bot.refusal('editMessageLiveLocation', { ...edit, ...place })).toBe(over)
    expect(await bot.refusal('stopMessageLiveLocation', edit)).toBe(over)
  })

  // td, MessagesManager.cpp, `can_edit_message`: within the period, not at its end
  it('does not move at the very end of its time', async () => {
    const edit = await send(60)
    await bot.control.advance(60_000)
    expect(await bot.refusal('editMessageLiveLocation', { ...edit, ...place })).toBe(over)
  })

  it('moves for ever when it is to, and to the same place is not modified', async () => {
    const edit = await send(0x7fffffff)
    await bot.control.advance(30 * 86_400_000)
    expect(await bot.refusal('editMessageLiveLocation', { ...edit, ...place })).toBe(notModified)
    await bot.ok('editMessageLiveLocation', { ...edit, latitude: 3, longitude: 4 })
  })

  it('is stopped once', async () => {
    const edit = await send(900)
    expect(await bot.ok('stopMessageLiveLocation', edit)).toMatchObject({ location: place })
    expect(await bot.refusal('stopMessageLiveLocation', edit)).toBe(over)
  })
})
