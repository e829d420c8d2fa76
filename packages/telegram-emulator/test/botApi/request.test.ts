import { describe, expect, it } from 'vitest'
import { ana, setupBot } from './bot.ts'
import { picture, words } from './files.ts'

const bot = setupBot()

const post = async (method: string, body: string, type?: string) => {
  const response = await fetch(bot.addressOf(method), {
    method: 'POST',
    body: Buffer.from(body),
    ...(type ? { headers: { 'content-type': type } } : {}),
  })
  return { status: response.status, body: await response.json() }
}
const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

describe('a request', () => {
  it.each([
    ['a form with a charset', 'chat_id=7&text=a+%26%20b', `${form}; charset=UTF-8`, 'a & b'],
    ['JSON with a charset', '{"chat_id":7,"text":"ñ"}', `${json}; charset=utf-8`, 'ñ'],
    [
      'null for what is not given',
      '{"chat_id":7,"text":"a","reply_markup":null,"parse_mode":null}',
      json,
      'a',
    ],
    // the real server takes JSON of a parameter as its text, whatever is in it
    [
      'an object where yes, a number or a chat belongs',
      '{"chat_id":7,"text":"a","disable_notification":{"toString":null},"message_thread_id":{"valueOf":1}}',
      json,
      'a',
    ],
  ])('may be %s', async (_, body, type, text) => {
    expect(await post('sendMessage', body, type)).toMatchObject({ status: 200, body: { result: { text } } })
  })

  it('may bring nothing where nothing is needed', async () => {
    expect((await post('getMe', '')).status).toBe(200)
    expect((await post('getMe', 'anything', 'text/plain')).status).toBe(200)
    for (const body of ['{}', '[]', '"x"', 'null']) expect((await post('getMe', body, json)).status).toBe(200)
  })

  // tdnet, HttpReader.cpp: what cannot be read is no parameter
  it.each([
    ['empty JSON', '', json],
    ['JSON by another name', '{}', 'text/json'],
    ['broken JSON', '{', json],
  ])('may bring %s where nothing is needed', async (_, body, type) => {
    expect((await post('getMe', body, type)).status).toBe(200)
  })

  it.each([
    ['without a boundary', 'multipart/form-data', 'Bad Request: boundary not found'],
    ['cut off', 'multipart/form-data; boundary=x', 'Bad Request: unexpected end of request content'],
  ])('in parts, %s, is refused', async (_, type, description) => {
    expect(await post('sendMessage', '--x\r\n', type)).toEqual({
      status: 400,
      body: { ok: false, error_code: 400, description },
    })
  })

  it.each(['PUT', 'DELETE', 'PATCH'])('by %s is none', async (method) => {
    const response = await fetch(bot.addressOf('getMe'), { method })
    expect([response.status, await response.json()]).toEqual([
      404,
      { ok: false, error_code: 404, description: 'Not Found' },
    ])
  })

  it('may bring many files at once, of which none is lost', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `f${index}`)
    const media = names.map((name) => ({ type: 'document', media: `attach://${name}` }))
    const files = Object.fromEntries(
      names.map((name): [string, [string, Uint8Array]] => [name, [`${name}.txt`, words(name)]]),
    )
    const sent = await bot.ok('sendMediaGroup', { chat_id: ana, media }, files)
    expect(sent.map(({ document }) => document?.file_name)).toEqual(names.map((name) => `${name}.txt`))
  })
})

describe('what is said of a message beside its content', () => {
  // Client.cpp, `add_media_spoiler` and `add_caption`
  it('that it is hidden, and that its caption stands above', async () => {
    const more = { caption: 'x', has_spoiler: true, show_caption_above_media: true }
    const sent = await bot.ok('sendPhoto', { chat_id: ana, ...more }, { photo: ['a.png', picture()] })
    expect(sent).toMatchObject({ has_media_spoiler: true, show_caption_above_media: true })
  })

  // Client.cpp, `JsonMessage` of a text
  it('how its links are shown', async () => {
    const link_preview_options = { is_disabled: true }
    const sent = await bot.ok('sendMessage', { chat_id: ana, text: 'https://a.dev', link_preview_options })
    expect(sent.link_preview_options).toEqual(link_preview_options)
  })

  // Bot API, sendVideo and sendDocument
  it('what it looks like before it is opened', async () => {
    const files = { video: ['a.mp4', words('x')], thumbnail: ['t.png', picture(320, 160)] } as const
    const sent = await bot.ok(
      'sendVideo',
      { chat_id: ana },
      { video: [...files.video], thumbnail: [...files.thumbnail] },
    )
    expect(sent.video?.thumbnail).toMatchObject({ width: 320, height: 160 })
  })

  it('changes when it is edited', async () => {
    const more = { caption: 'x', has_spoiler: true, show_caption_above_media: true }
    const { message_id } = await bot.ok(
      'sendPhoto',
      { chat_id: ana, ...more },
      { photo: ['a.png', picture()] },
    )
    const edited = await bot.ok('editMessageCaption', { chat_id: ana, message_id, caption: 'x' })
    expect(edited).toMatchObject({ has_media_spoiler: true })
    expect(edited).not.toHaveProperty('show_caption_above_media')
  })

  // td, MessageContent.cpp: `get_first_url(m->text).empty()`
  it('that no link is shown, unless there is none', async () => {
    const params = { chat_id: ana, text: 'No link', disable_web_page_preview: true }
    expect(await bot.ok('sendMessage', params)).not.toHaveProperty('link_preview_options')
    expect(await bot.ok('sendMessage', { ...params, text: 'https://a.dev' })).toMatchObject({
      link_preview_options: { is_disabled: true },
    })
  })
})
