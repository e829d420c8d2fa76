import { describe, expect, it } from 'vitest'
import { ana, begin, luis, setupBot } from '../bot.ts'
import { picture, words } from '../files.ts'

const bot = setupBot()
const here = { chat_id: ana }
const buttons = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
const notModified =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

const say = async (more: object = {}) => {
  const { message_id } = await bot.ok('sendMessage', { ...here, text: 'Old', ...more })
  return { ...here, message_id }
}

describe('an edit of text', () => {
  it('changes it, says when, and tells nobody', async () => {
    const message = await say()
    await bot.control.advance(5000)
    const edited = await bot.ok('editMessageText', { ...message, text: '_New_', parse_mode: 'MarkdownV2' })
    expect(edited).toMatchObject({
      message_id: message.message_id,
      date: begin,
      edit_date: begin + 5,
      text: 'New',
      entities: [{ type: 'italic', offset: 0, length: 3 }],
    })
    expect(await bot.updates()).toEqual([])
  })

  it('to the same is not modified, unless marks or buttons differ', async () => {
    const message = await say({ reply_markup: buttons })
    const same = { ...message, text: ' Old ', reply_markup: buttons }
    expect(await bot.refusal('editMessageText', same)).toBe(notModified)
    await bot.ok('editMessageText', { ...same, text: '<b>Old</b>', parse_mode: 'HTML' })
    await bot.ok('editMessageText', {
      ...same,
      text: '<b>Old</b>',
      parse_mode: 'HTML',
      reply_markup: undefined,
    })
  })

  it('takes the buttons away when they are not given again', async () => {
    const message = await say({ reply_markup: buttons })
    expect(await bot.ok('editMessageText', { ...message, text: 'New' })).not.toHaveProperty('reply_markup')
    expect((await bot.control.messages(ana))[0]).not.toHaveProperty('replyMarkup')
  })

  it('of a message of another is refused, in a group too', async () => {
    const { id } = await bot.control.addChat({ title: 'G', members: [ana], botStatus: 'administrator' })
    await bot.control.say(ana, 'Mine', { chatId: id })
    expect(await bot.refusal('editMessageText', { chat_id: id, message_id: 1, text: 'x' })).toBe(
      "Bad Request: message can't be edited",
    )
  })
})

describe('an edit of buttons', () => {
  it('changes nothing else, not even when it was edited', async () => {
    const message = await say()
    const edited = await bot.ok('editMessageReplyMarkup', { ...message, reply_markup: buttons })
    expect(edited).toMatchObject({ text: 'Old', reply_markup: buttons })
    expect(edited).not.toHaveProperty('edit_date')
    expect(await bot.refusal('editMessageReplyMarkup', { ...message, reply_markup: buttons })).toBe(
      notModified,
    )
    expect(await bot.ok('editMessageReplyMarkup', message)).not.toHaveProperty('reply_markup')
  })

  // td, MessagesManager.cpp, `can_edit_message`
  it('under a message with keys is refused', async () => {
    const message = await say({ reply_markup: { keyboard: [['A']] } })
    expect(await bot.refusal('editMessageText', { ...message, text: 'x' })).toBe(
      "Bad Request: message can't be edited",
    )
  })
})

describe('an edit of buttons alone', () => {
  it('is possible under what cannot change any more', async () => {
    const dice = await bot.ok('sendDice', here)
    const poll = await bot.ok('sendPoll', { ...here, question: 'Q?', options: ['A', 'B'] })
    await bot.ok('stopPoll', { ...here, message_id: poll.message_id })
    for (const { message_id } of [dice, poll])
      expect(
        await bot.ok('editMessageReplyMarkup', { ...here, message_id, reply_markup: buttons }),
      ).toMatchObject({ reply_markup: buttons })
  })
})

it('in a channel an administrator edits what others have posted', async () => {
  const { id } = await bot.control.addChat({
    type: 'channel',
    title: 'News',
    members: [ana],
    botStatus: 'administrator',
  })
  await bot.control.say(ana, 'Old', { chatId: id })
  expect(await bot.ok('editMessageText', { chat_id: id, message_id: 1, text: 'New' })).toMatchObject({
    sender_chat: { id },
    text: 'New',
  })
})

describe('an edit of a caption', () => {
  it('changes it or takes it away', async () => {
    const { message_id, photo } = await bot.ok(
      'sendPhoto',
      { ...here, caption: 'Old' },
      { photo: ['a.png', picture()] },
    )
    const edit = { ...here, message_id }
    expect(await bot.ok('editMessageCaption', { ...edit, caption: 'New' })).toMatchObject({
      caption: 'New',
      photo,
    })
    expect(await bot.refusal('editMessageCaption', { ...edit, caption: 'New' })).toBe(notModified)
    expect(await bot.ok('editMessageCaption', edit)).not.toHaveProperty('caption')
  })

  it('is possible for a voice, not for a place', async () => {
    const voice = await bot.ok('sendVoice', here, { voice: ['a.ogg', words('x')] })
    const edited = await bot.ok('editMessageCaption', { ...here, message_id: voice.message_id, caption: 'x' })
    expect(edited).toMatchObject({ caption: 'x' })
    const place = await bot.ok('sendLocation', { ...here, latitude: 1, longitude: 1 })
    const edit = { ...here, message_id: place.message_id, caption: 'x' }
    expect((await bot.call('editMessageCaption', edit)).status).toBe(400)
  })
})

describe('an edit of media', () => {
  it('puts another file there, of any kind, and the caption that comes with it', async () => {
    const { message_id } = await bot.ok(
      'sendPhoto',
      { ...here, caption: 'Old' },
      { photo: ['a.png', picture()] },
    )
    const media = { type: 'document', media: 'attach://new', caption: '*New*', parse_mode: 'MarkdownV2' }
    const edited = await bot.ok(
      'editMessageMedia',
      { ...here, message_id, media },
      { new: ['a.txt', words('x')] },
    )
    expect(edited).toMatchObject({ document: { file_name: 'a.txt' }, caption: 'New', edit_date: begin })
    expect(edited).not.toHaveProperty('photo')
  })

  it('may put media in place of text', async () => {
    const edited = await bot.ok(
      'editMessageMedia',
      { ...(await say()), media: { type: 'photo', media: 'attach://a' } },
      { a: ['a.png', picture()] },
    )
    expect(edited).toMatchObject({ photo: [{}, {}, {}] })
    expect(edited).not.toHaveProperty('text')
  })

  it('to the same file is not modified', async () => {
    const { message_id, photo } = await bot.ok('sendPhoto', here, { photo: ['a.png', picture()] })
    const media = { type: 'photo', media: photo?.[0]?.file_id }
    expect(await bot.refusal('editMessageMedia', { ...here, message_id, media })).toBe(notModified)
  })

  // Client.cpp, `get_input_media`
  it('with a caption that is no text is refused', async () => {
    const media = { type: 'photo', media: 'attach://a', caption: true }
    const { status } = await bot.call(
      'editMessageMedia',
      { ...(await say()), media },
      { a: ['a.png', picture()] },
    )
    expect(status).toBe(400)
  })
})

it('a message of one chat is not edited by its id in another', async () => {
  const { message_id } = await say()
  expect(await bot.refusal('editMessageText', { chat_id: luis, message_id, text: 'x' })).toBe(
    'Bad Request: message to edit not found',
  )
})
