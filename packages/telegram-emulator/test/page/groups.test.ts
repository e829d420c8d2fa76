import { describe, expect, it } from 'vitest'
import { useChatPage } from './chatPage.ts'

const chat = useChatPage()
const details = async () => {
  await chat.page.getByRole('button', { name: /^Details of/ }).click()
  return chat.page.getByRole('dialog')
}
/** A group of Ana and Luis, opened as Ana. */
async function openGroup(title = 'Trip'): Promise<number> {
  const { id } = await chat.emulator.control.addChat({ title, members: [7, 8] })
  await chat.page.getByRole('button', { name: new RegExp(`^${title}`) }).click()
  await chat.page.getByRole('log', { name: `Conversation with ${title}` }).waitFor()
  return id
}

describe('groups and channels', () => {
  it('creates a group with members and the bot as its administrator', async () => {
    await chat.page.getByRole('button', { name: 'New group or channel' }).click()
    const form = chat.page.getByRole('dialog', { name: 'New group or channel' })
    await form.getByLabel('Title').fill('Chess')
    await form.getByLabel('Luis Prado').check()
    await form.getByLabel(/ is$/).selectOption('administrator')
    await form.getByRole('button', { name: 'Create' }).click()
    await chat.page.getByText('group, 2 people, bot is administrator').waitFor()
    expect(await chat.emulator.control.chats()).toMatchObject([
      { title: 'Chess', type: 'group', members: [{ userId: 7, status: 'creator' }, { userId: 8 }] },
    ])
  })

  it('shows who wrote, and previews it in the list', async () => {
    const chatId = await openGroup()
    await chat.emulator.control.say(8, 'Who comes?', { chatId })
    const message = chat.log.getByRole('article', { name: /^Luis Prado/ })
    await message.getByText('Luis Prado').waitFor()
    await chat.page.getByRole('button', { name: /Trip.*Luis Prado: Who comes\?/ }).waitFor()
    await chat.say('Me!')
    await chat.page.getByRole('button', { name: /Trip.*You: Me!/ }).waitFor()
  })

  it('names the bot with a command that is chosen from the menu', async () => {
    await openGroup()
    await chat.call('setMyCommands', { commands: [{ command: 'help', description: 'Helps' }] })
    await chat.field.pressSequentially('/he')
    await chat.page.getByRole('option', { name: /help/ }).click()
    const { username } = await chat.emulator.control.bot()
    await chat.log.getByText(`/help@${username}`).waitFor()
  })

  it('lets one leave and join again, with a word about it in the conversation', async () => {
    await openGroup()
    await (await details()).getByRole('button', { name: 'Leave' }).click()
    await chat.page.keyboard.press('Escape')
    await chat.log.getByText('Ana left').waitFor()
    await chat.page.getByRole('button', { name: 'Join', exact: true }).click()
    await chat.log.getByText('Ana joined').waitFor()
    await chat.field.waitFor()
  })

  it('lets one ask to be let in, and the bot answer', async () => {
    const { id } = await chat.emulator.control.addChat({
      title: 'Club',
      type: 'supergroup',
      members: [8],
      botStatus: 'administrator',
    })
    await chat.page.getByRole('button', { name: /^Club/ }).click()
    await chat.page.getByRole('button', { name: 'Ask to be let in' }).click()
    await chat.page.getByText('You have asked to be let in.').waitFor()
    expect((await chat.updates()).at(-1)).toMatchObject({ chat_join_request: { from: { id: 7 } } })
    await chat.call('approveChatJoinRequest', { chat_id: id, user_id: 7 })
    await chat.log.getByText('Ana joined').waitFor()
    await chat.field.waitFor()
  })

  it('makes the bot an administrator and removes it', async () => {
    await openGroup()
    const dialog = await details()
    await dialog.getByLabel(/the bot/).selectOption('administrator')
    await expect.poll(async () => (await chat.emulator.control.chats())[0]?.botStatus).toBe('administrator')
    await dialog.getByLabel(/the bot/).selectOption('kicked')
    await chat.page.getByText('bot is removed').waitFor()
  })

  it('goes on in the supergroup that a group has become', async () => {
    await openGroup()
    await (await details()).getByRole('button', { name: 'Upgrade to a supergroup' }).click()
    await chat.page.getByText(/^supergroup, 2 people/).waitFor()
    await chat.say('still here')
    const [old, next] = await chat.emulator.control.chats()
    expect(old?.migratedTo).toBe(next?.id)
    expect(new URL(chat.page.url()).searchParams.get('chat')).toBe(String(next?.id))
  })

  it('lets only those who run a channel write in it', async () => {
    await chat.emulator.control.addChat({ title: 'News', type: 'channel', members: [8, 7] })
    await chat.page.getByRole('button', { name: /^News/ }).click()
    await chat.page.getByText('Only those who run this channel can write here.').waitFor()
    await chat.page.getByRole('button', { name: /^Luis Prado/ }).click()
    await chat.page.getByRole('button', { name: /^News/ }).click()
    await chat.say('Version 1 is out')
    await chat.page.getByRole('button', { name: /^Ana/ }).click()
    await chat.page.getByRole('button', { name: /^News.*Version 1 is out/ }).waitFor()
  })

  it('counts what is new in each conversation', async () => {
    const chatId = await openGroup()
    await chat.page
      .getByRole('button', { name: /^Kamihi demo/i })
      .first()
      .click()
    await chat.emulator.control.say(8, 'one', { chatId })
    await chat.emulator.control.say(8, 'two', { chatId })
    await chat.page.getByRole('button', { name: /^Trip.*2 unread/ }).click()
    await chat.page.getByRole('button', { name: /^Trip.*unread/ }).waitFor({ state: 'detached' })
  })

  it('presses a button in a group as the person one is', async () => {
    const chatId = await openGroup()
    await chat.call('sendMessage', {
      chat_id: chatId,
      text: 'In?',
      reply_markup: { inline_keyboard: [[{ text: 'I am', callback_data: 'in' }]] },
    })
    await chat.log.getByRole('button', { name: 'I am' }).click()
    await expect
      .poll(chat.updates)
      .toMatchObject([{ callback_query: { from: { id: 7 }, message: { chat: { id: chatId } } } }])
  })
})
