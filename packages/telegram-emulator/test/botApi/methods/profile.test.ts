import { describe, expect, it } from 'vitest'
import { ana, luis, setupBot } from '../bot.ts'

const bot = setupBot()

describe('what a bot says of itself', () => {
  it('begins with who it is', async () => {
    expect(await bot.ok('getMe')).toEqual({
      id: 1000000001,
      is_bot: true,
      first_name: 'Kamihi demo',
      username: 'kamihi_demo_bot',
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: true,
      can_connect_to_business: false,
      has_main_web_app: false,
    })
  })

  it.each([
    ['Name', 'name', 'Kamihi demo', 64],
    ['Description', 'description', '', 512],
    ['ShortDescription', 'short_description', '', 120],
  ])(
    'in its %s is said in each language, with the usual one for the others',
    async (name, field, usual, most) => {
      const told = async (language_code?: string) =>
        (await bot.ok(`getMy${name}`, { language_code })) as object
      const set = (value: string, language_code?: string) =>
        bot.ok(`setMy${name}`, { [field]: value, language_code })
      expect(await told()).toEqual({ [field]: usual })
      await set('For all')
      await set('Para ti', 'es')
      expect([await told(), await told('es'), await told('de')]).toEqual([
        { [field]: 'For all' },
        { [field]: 'Para ti' },
        { [field]: 'For all' },
      ])
      await set('', 'es')
      expect(await told('es')).toEqual({ [field]: 'For all' })
      await set('x'.repeat(most))
      expect((await bot.call(`setMy${name}`, { [field]: 'x'.repeat(most + 1) })).status).toBe(400)
    },
  )

  it('in its name stands above its messages', async () => {
    await bot.ok('setMyName', { name: 'Helper' })
    const { from } = await bot.ok('sendMessage', { chat_id: ana, text: 'x' })
    expect([
      from?.first_name,
      (await bot.ok('getMe')).first_name,
      (await bot.control.bot()).firstName,
    ]).toEqual(Array(3).fill('Helper'))
  })

  // td, misc.cpp, `validate_bot_language_code`
  it.each(['setMyName', 'getMyDescription'])('by %s needs a language that there can be', async (method) => {
    expect(await bot.refusal(method, { name: 'x', language_code: 'Spanish' })).toBe(
      'Bad Request: invalid language code specified',
    )
  })
})

describe('the menu button', () => {
  const app = { type: 'web_app', text: 'App', web_app: { url: 'https://a.dev/' } }
  const shown = (chat_id?: number) => bot.ok('getChatMenuButton', { chat_id })

  it('shows the commands until it is changed, for all or for one', async () => {
    expect(await shown()).toEqual({ type: 'commands' })
    await bot.ok('setChatMenuButton', { menu_button: app })
    await bot.ok('setChatMenuButton', { chat_id: ana, menu_button: { type: 'commands' } })
    await bot.ok('setChatMenuButton', { chat_id: luis, menu_button: JSON.stringify(app) })
    expect([await shown(), await shown(ana), await shown(luis)]).toEqual([app, { type: 'commands' }, app])
  })

  it('of all is reset when nothing is given', async () => {
    await bot.ok('setChatMenuButton', { menu_button: app })
    await bot.ok('setChatMenuButton')
    expect(await shown()).toEqual({ type: 'commands' })
  })

  // Client.cpp, `JsonBotMenuButton`
  it('of a person that was reset is the default one, whatever that is', async () => {
    await bot.ok('setChatMenuButton', { menu_button: app })
    await bot.ok('setChatMenuButton', { chat_id: ana, menu_button: { type: 'default' } })
    expect(await shown(ana)).toEqual({ type: 'default' })
  })
})

describe('getUserProfilePhotos', () => {
  it('finds none, for nobody here has a picture', async () => {
    expect(await bot.ok('getUserProfilePhotos', { user_id: ana, limit: 1 })).toEqual({
      total_count: 0,
      photos: [],
    })
  })
})
