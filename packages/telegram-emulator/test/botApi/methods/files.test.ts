import { expect, it } from 'vitest'
import { ana, setupBot } from '../bot.ts'
import { picture, sent, words } from '../files.ts'

const bot = setupBot({ kept: { fileBytes: 1000 } })

const fetched = (path: string | undefined, token = bot.emulator.token) =>
  fetch(`${bot.emulator.url}/file/bot${token}/${path}`)

it('a file that a person sends can be read', async () => {
  await bot.control.sendDocument(ana, sent('Report.PDF', words('A report')))
  const [update] = await bot.updates()
  const { file_id, file_unique_id } = update?.message?.document ?? {}
  const file = await bot.ok('getFile', { file_id })
  expect(file).toEqual({ file_id, file_unique_id, file_size: 8, file_path: 'documents/file_1.pdf' })
  const response = await fetched(file.file_path)
  expect(response.headers.get('content-type')).toBe('application/octet-stream')
  expect(await response.text()).toBe('A report')
})

it('a photo that a person sends has three sizes', async () => {
  await bot.control.sendPhoto(ana, sent('a.png', picture(1000, 1000)), { caption: 'Look' })
  const [update] = await bot.updates()
  expect(update?.message).toMatchObject({
    caption: 'Look',
    photo: [{ width: 90 }, { width: 320 }, { width: 1000 }],
  })
})

it('a file is not there for another token, nor under another path', async () => {
  await bot.ok('sendDocument', { chat_id: ana }, { document: ['a.txt', words('x')] })
  expect((await fetched('documents/file_1.txt')).status).toBe(200)
  expect((await fetched('documents/file_1.txt', `1:${'x'.repeat(35)}`)).status).toBe(401)
  for (const path of ['documents/file_2.txt', 'documents/../documents/file_2.txt', '']) {
    const response = await fetched(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ ok: false, error_code: 404, description: 'Not Found' })
  }
})

it('the oldest files go when there are too many', async () => {
  const upload = async () => {
    const { document } = await bot.ok(
      'sendDocument',
      { chat_id: ana },
      { document: ['a.txt', Buffer.alloc(400)] },
    )
    return document?.file_id
  }
  const first = await upload()
  await upload()
  expect((await bot.call('getFile', { file_id: first })).body.ok).toBe(true)
  await upload()
  expect((await bot.call('getFile', { file_id: first })).status).toBe(400)
})

it('the id of a file cannot be guessed from another', async () => {
  const { document } = await bot.ok('sendDocument', { chat_id: ana }, { document: ['a.txt', words('x')] })
  const forged = document?.file_id.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))
  expect((await bot.call('getFile', { file_id: forged })).body.ok).toBe(false)
})

// Client.cpp, `json_store_file`: the unique id is that of the size for which the file is asked
it('the unique id of a size of a photo is the same wherever it is told', async () => {
  const { photo } = await bot.ok('sendPhoto', { chat_id: ana }, { photo: ['a.png', picture()] })
  const { file_id, file_unique_id } = photo?.[0] ?? {}
  expect((await bot.ok('getFile', { file_id })).file_unique_id).toBe(file_unique_id)
})
