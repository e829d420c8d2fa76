import { describe, expect, it } from 'vitest'
import { useChatPage } from './chatPage.ts'

const chat = useChatPage()
const details = async () => {
  await chat.page.getByRole('button', { name: /^Details of/ }).click()
  return chat.page.getByRole('dialog')
}

describe('people', () => {
  it('lets one be somebody else; who has not started begins with Start', async () => {
    await chat.page.getByRole('button', { name: /onerror/ }).click()
    await chat.page.getByText('Press Start to begin').waitFor()
    await chat.page.getByRole('button', { name: 'Start', exact: true }).click()
    await chat.log.getByText('/start').waitFor()
    expect(await chat.updates()).toMatchObject([{ message: { text: '/start', from: { id: 9 } } }])
    expect(new URL(chat.page.url()).searchParams.get('person')).toBe('9')
  })

  it('counts what arrives for others', async () => {
    await chat.call('sendMessage', { chat_id: 8, text: 'for Luis' })
    await chat.page.getByRole('button', { name: /^Luis Prado.*1 unread/ }).click()
    await chat.log.getByText('for Luis').waitFor()
    await chat.page.getByRole('button', { name: /^Ana/ }).waitFor()
    expect(await chat.page.title()).not.toMatch(/^\(/)
  })

  it('adds a person, who has yet to start', async () => {
    await chat.page.getByRole('button', { name: /You are/ }).click()
    await chat.page.getByRole('menuitem', { name: 'Add person' }).click()
    const form = chat.page.getByRole('dialog', { name: 'Add a person' })
    await form.getByLabel('Name', { exact: true }).fill('Eva')
    await form.getByLabel(/^Username/).fill('eva_r')
    await form.getByLabel('Telegram ID').fill('4242')
    await form.getByRole('button', { name: 'Add' }).click()
    await chat.page.getByRole('button', { name: /You are: Eva/ }).waitFor()
    const people = await chat.emulator.control.users()
    expect(people.find(({ id }) => id === 4242)).toMatchObject({
      firstName: 'Eva',
      username: 'eva_r',
      started: false,
    })
  })

  it('blocks the bot and lets it in again', async () => {
    const dialog = await details()
    await dialog.getByRole('button', { name: 'Block the bot' }).click()
    await chat.page.getByText('You have blocked this bot').waitFor({ state: 'attached' })
    await dialog.getByRole('button', { name: 'Unblock the bot' }).click()
    await dialog.getByRole('button', { name: 'Block the bot' }).waitFor()
    expect(await chat.updates()).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'kicked' } } },
      { my_chat_member: { new_chat_member: { status: 'member' } } },
    ])
  })

  it('deletes an account, after asking once more', async () => {
    const dialog = await details()
    await dialog.getByRole('button', { name: 'Delete the account' }).click()
    await dialog.getByRole('button', { name: 'Yes, delete it for good' }).click()
    await dialog.getByText('This account was deleted').waitFor()
    await chat.page.keyboard.press('Escape')
    await chat.page.getByText('This account was deleted.', { exact: true }).waitFor()
    expect(await chat.field.count()).toBe(0)
  })

  it('keeps what was begun while one is somebody else', async () => {
    await chat.field.fill('half a sentence')
    await chat.page.getByRole('button', { name: /^Luis Prado/ }).click()
    expect(await chat.field.inputValue()).toBe('')
    await chat.page.getByRole('button', { name: /^Ana/ }).click()
    expect(await chat.field.inputValue()).toBe('half a sentence')
  })
})
