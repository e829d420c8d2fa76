import { describe, expect, it } from 'vitest'
import { useChatPage } from './chatPage.ts'
import { picture } from './pictures.ts'

const chat = useChatPage()
const png = (name: string, width = 300, height = 200) => ({
  name,
  mimeType: 'image/png',
  buffer: picture(width, height),
})
async function attach(kind: string, files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await chat.page.getByRole('button', { name: 'Attach' }).click()
  const chooser = chat.page.waitForEvent('filechooser')
  await chat.page.getByRole('menuitem', { name: kind, exact: true }).click()
  await (await chooser).setFiles(files)
  await chat.page.getByRole('group', { name: 'Files to send' }).waitFor()
}
const fileData = (name: string, bytes: number) =>
  `const data = new DataTransfer()
   data.items.add(new File([new Uint8Array(${bytes}).fill(65)], '${name}', { type: 'text/plain' }))`
/** Files let go over the conversation, as from the desktop. */
const drop = (name: string, bytes: number) =>
  chat.page.evaluate(
    `{ ${fileData(name, bytes)}
       document.querySelector('[role=log]').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })) }`,
  )

describe('files', () => {
  it('sends a photo with a caption, and has room for it before it is loaded', async () => {
    await attach('Photo', [png('lake.png')])
    await chat.say('The lake')
    const [update] = (await chat.updates()) as unknown as { message: { photo: object[] } }[]
    expect(update).toMatchObject({ message: { caption: 'The lake' } })
    expect(update?.message.photo.at(-1)).toMatchObject({ width: 300, height: 200 })
    const image = chat.log.getByRole('img', { name: 'Photo: The lake' })
    expect([await image.getAttribute('width'), await image.getAttribute('height')]).toEqual(['300', '200'])
    await chat.log.getByRole('button', { name: /Photo: The lake/ }).click()
    await chat.page.getByRole('dialog', { name: 'Photo: The lake' }).waitFor()
    await chat.page.keyboard.press('Escape')
    await chat.page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('sends several photos as one album', async () => {
    await attach('Photos as an album', [png('a.png'), png('b.png', 200, 300), png('c.png')])
    await chat.say('Three of them')
    const updates = (await chat.updates()) as unknown as { message: { media_group_id: string } }[]
    expect(updates).toHaveLength(3)
    expect(new Set(updates.map(({ message }) => message.media_group_id)).size).toBe(1)
    const bubble = chat.log.getByRole('article').filter({ hasText: 'Three of them' })
    expect(await bubble.getByRole('img').count()).toBe(3)
    expect(await chat.log.getByRole('article').count()).toBe(1)
  })

  it('sends pictures as files when asked to', async () => {
    await attach('Photo', [png('plan.png')])
    await chat.page.getByLabel('Send as files').check()
    await chat.page.getByRole('button', { name: 'Send', exact: true }).click()
    await chat.log.getByText('plan.png').waitFor()
    expect(await chat.updates()).toMatchObject([{ message: { document: { file_name: 'plan.png' } } }])
  })

  it('sends a document that is dropped on the conversation', async () => {
    await drop('notes.txt', 12)
    await chat.page.getByRole('group', { name: 'Files to send' }).getByText('notes.txt').waitFor()
    await chat.page.getByRole('button', { name: 'Send', exact: true }).click()
    await chat.log.getByText('12 B').waitFor()
    expect(await chat.updates()).toMatchObject([{ message: { document: { file_size: 12 } } }])
  })

  it('takes a file that is pasted, and leaves out what one thinks better of', async () => {
    await chat.page.evaluate(
      `{ ${fileData('pasted.txt', 3)}
         document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })) }`,
    )
    await chat.page.getByRole('button', { name: 'Do not send pasted.txt' }).click()
    await chat.page.getByRole('group', { name: 'Files to send' }).waitFor({ state: 'detached' })
  })

  it('refuses a file that no bot could fetch, in a sentence', async () => {
    await drop('film.txt', 21 * 1024 * 1024)
    await chat.page.getByRole('alert').getByText('bots cannot fetch more than 20 MB').waitFor()
    expect(await chat.page.getByRole('group', { name: 'Files to send' }).count()).toBe(0)
  })

  it('sends a voice file, a location and a contact', async () => {
    await attach('Voice file', [{ name: 'hm.ogg', mimeType: 'audio/ogg', buffer: Buffer.from('OggS voice') }])
    await chat.page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect.poll(chat.updates).toMatchObject([{ message: { voice: {} } }])
    await chat.page.getByRole('button', { name: 'Attach' }).click()
    await chat.page.getByRole('menuitem', { name: 'My contact' }).click()
    await expect.poll(chat.updates).toMatchObject([{ message: { contact: { user_id: 7 } } }])
    await chat.page.getByRole('button', { name: 'Attach' }).click()
    await chat.page.getByRole('menuitem', { name: 'Location' }).click()
    await chat.page.getByLabel('Latitude').fill('10.5')
    await chat.page.getByRole('button', { name: 'Share', exact: true }).click()
    await expect.poll(chat.updates).toMatchObject([{ message: { location: { latitude: 10.5 } } }])
  })

  it('shows photos, albums and documents of the bot', async () => {
    await chat.upload('sendPhoto', { chat_id: 7, caption: 'Tall' }, { photo: ['t.png', picture(400, 900)] })
    await chat.log.getByRole('img', { name: 'Photo: Tall' }).waitFor()
    const media = ['x', 'y'].map((name) => ({ type: 'photo', media: `attach://${name}` }))
    await chat.upload(
      'sendMediaGroup',
      { chat_id: 7, media },
      { x: ['x.png', picture(300, 300)], y: ['y.png', picture(500, 200)] },
    )
    await expect.poll(() => chat.log.getByRole('img').count()).toBe(3)
    await chat.upload('sendDocument', { chat_id: 7 }, { document: ['report.pdf', Buffer.from('%PDF-1.4')] })
    const link = chat.log.getByRole('link', { name: /report\.pdf/ })
    const download = chat.page.waitForEvent('download')
    await link.click()
    expect((await download).suggestedFilename()).toBe('report.pdf')
  })

  it('shows places, contacts and dice of the bot', async () => {
    await chat.call('sendVenue', {
      chat_id: 7,
      latitude: 40.4138,
      longitude: -3.6921,
      title: 'Museo del Prado',
      address: 'Madrid',
    })
    const link = chat.log.getByRole('link', { name: /OpenStreetMap/ })
    expect(await link.getAttribute('href')).toContain('mlat=40.4138&mlon=-3.6921')
    await chat.call('sendContact', { chat_id: 7, phone_number: '+34600', first_name: 'Marta' })
    await chat.log.getByText('+34600').waitFor()
    const { dice } = await chat.call<{ dice: { value: number } }>('sendDice', { chat_id: 7 })
    await chat.log.getByRole('img', { name: `🎲 shows ${dice.value}` }).waitFor()
  })
})
