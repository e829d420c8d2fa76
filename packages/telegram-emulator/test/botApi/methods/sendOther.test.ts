import { describe, expect, it } from 'vitest'
import { ana, setupBot } from '../bot.ts'

const bot = setupBot()
const here = { chat_id: ana }
const place = { latitude: 36.5, longitude: -4.9 }

describe('a place', () => {
  it('is where it is', async () => {
    expect((await bot.ok('sendLocation', { ...here, ...place })).location).toEqual(place)
  })

  it('may live, with heading and radius', async () => {
    const live = { live_period: 60, heading: 90, proximity_alert_radius: 100, horizontal_accuracy: 5 }
    expect((await bot.ok('sendLocation', { ...here, ...place, ...live })).location).toEqual({
      ...place,
      ...live,
    })
    const forever = await bot.ok('sendLocation', { ...here, ...place, live_period: 0x7fffffff })
    expect(forever.location?.live_period).toBe(0x7fffffff)
  })

  it.each([59, 86_401])('may not live for %i s', async (live_period) => {
    expect(await bot.refusal('sendLocation', { ...here, ...place, live_period })).toBe(
      'Bad Request: wrong live location period specified',
    )
  })

  it('may be a venue, which is a place as well', async () => {
    const about = { title: 'T', address: 'A', foursquare_id: 'f', google_place_id: 'g' }
    const sent = await bot.ok('sendVenue', { ...here, ...place, ...about })
    expect(sent).toMatchObject({ location: place, venue: { location: place, ...about } })
  })

  it('at 0, 0 is a place', async () => {
    expect((await bot.ok('sendLocation', { ...here, latitude: 0, longitude: '0' })).location).toEqual({
      latitude: 0,
      longitude: 0,
    })
  })
})

it('a contact has a number and names', async () => {
  const contact = { phone_number: '+1', first_name: 'F', last_name: 'L', vcard: 'BEGIN:VCARD' }
  expect((await bot.ok('sendContact', { ...here, ...contact })).contact).toEqual(contact)
})

it.each([
  [undefined, '🎲', 6],
  ['🎯', '🎯', 6],
  ['🏀', '🏀', 5],
  ['⚽', '⚽', 5],
  ['🎳', '🎳', 6],
  ['🎰', '🎰', 64],
])('a dice of %s shows a value of %s from 1 to %i', async (emoji, shown, most) => {
  const { dice } = await bot.ok('sendDice', { ...here, emoji })
  expect(dice?.emoji).toBe(shown)
  expect(dice?.value).toBeGreaterThanOrEqual(1)
  expect(dice?.value).toBeLessThanOrEqual(most)
})

describe('an action', () => {
  it('is seen, and no message', async () => {
    await bot.ok('sendChatAction', { ...here, action: 'upload_document' })
    expect(await bot.control.messages(ana)).toEqual([])
  })

  // Client.cpp, `get_chat_action`
  it.each(['TYPING', 'cancel', 'pick_up_location'])('may be %s', async (action) => {
    await bot.ok('sendChatAction', { ...here, action })
  })

  it('is refused where the bot may not write', async () => {
    await bot.control.block(ana)
    expect(await bot.refusal('sendChatAction', { ...here, action: 'typing' })).toBe(
      'Forbidden: bot was blocked by the user',
    )
  })
})
