import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { smallPicture } from '../../../src/control/smallPicture.ts'
import type { Message } from '../driver.ts'
import { ana, luis, type Stage, soon } from '../stage.ts'

const picture = { name: 'picture.png', bytes: Buffer.from(smallPicture.base64, 'base64') }
const megabyte = 1024 * 1024

export function describeFiles(stage: Stage): void {
  describe('with files', () => {
    it('sends a photo from a buffer', async () => {
      const { bot, control } = stage
      const sent = await bot.sendPhoto(ana, picture, 'Blue & green')
      expect(sent.caption).toBe('Blue & green')
      expect(sent.photo?.at(-1)).toMatchObject({ width: 96, height: 64 })
      expect(await control.messages(ana)).toMatchObject([
        { text: 'Blue & green', media: { kind: 'photo', photo: sent.photo } },
      ])
      expect(await bot.download(sent.photo?.at(-1)?.file_id ?? '')).toEqual(picture.bytes)
    })

    it('sends a document from a buffer, whatever its name and bytes', async () => {
      const { bot } = stage
      const bytes = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7) % 256))
      const { document } = await bot.sendDocument(ana, { name: 'Año_nuevo(1).pdf', bytes })
      expect(document).toMatchObject({
        file_name: 'Año_nuevo(1).pdf',
        mime_type: 'application/pdf',
        file_size: 3000,
      })
      expect(await bot.download(document?.file_id ?? '')).toEqual(bytes)
    })

    it('sends a document by its path', async () => {
      const { bot } = stage
      const folder = await mkdtemp(join(tmpdir(), 'clients-'))
      const path = join(folder, 'notes.txt')
      await writeFile(path, 'Buy milk\r\n--\r\n')
      try {
        const { document } = await bot.sendDocument(ana, { path })
        expect(document).toMatchObject({ file_name: 'notes.txt', mime_type: 'text/plain' })
        expect(String(await bot.download(document?.file_id ?? ''))).toBe('Buy milk\r\n--\r\n')
      } finally {
        await rm(folder, { recursive: true })
      }
    })

    it('sends two photos as an album', async () => {
      const { bot, control } = stage
      const second = { ...picture, name: 'second.png' }
      const sent = await bot.sendAlbum(ana, [picture, second], 'Two')
      expect(sent.map(({ caption }) => caption)).toEqual(['Two', undefined])
      expect(sent[0]?.media_group_id).toBeTruthy()
      expect(sent[1]?.media_group_id).toBe(sent[0]?.media_group_id)
      expect(sent[1]?.photo?.[0]?.file_unique_id).not.toBe(sent[0]?.photo?.[0]?.file_unique_id)
      expect(await control.messages(ana)).toMatchObject([
        { albumId: sent[0]?.media_group_id },
        { albumId: sent[0]?.media_group_id },
      ])
      const [call] = await control.calls({ method: 'sendMediaGroup' })
      expect(String(call?.params.media)).toMatch(/attach:\/\/.*attach:\/\//)
    })

    it('sends a file again by its id', async () => {
      const { bot } = stage
      const photo = (await bot.sendPhoto(ana, picture)).photo?.at(-1)
      const again = (await bot.sendPhoto(luis, { id: photo?.file_id ?? '' })).photo?.at(-1)
      expect(again?.file_unique_id).toBe(photo?.file_unique_id)
    })

    it('sends a photo by its address', async () => {
      const { bot } = stage
      const { url } = await stage.serve((_, response) =>
        response.writeHead(200, { 'content-type': 'image/png' }).end(picture.bytes),
      )
      const { photo } = await bot.sendPhoto(ana, { id: url })
      expect(await bot.download(photo?.at(-1)?.file_id ?? '')).toEqual(picture.bytes)
    })

    // Client.cpp, TdOnCheckRemoteFileIdCallback.
    it('is refused to download what is no file', async () => {
      expect(await stage.refusal(stage.bot.download('nothing'))).toMatchObject({
        code: 400,
        description: 'Bad Request: invalid file_id',
      })
    })

    // td, FileManager::from_persistent_id.
    it('is refused to send what is no file', async () => {
      expect(await stage.refusal(stage.bot.sendPhoto(ana, { id: 'nothing' }))).toMatchObject({
        code: 400,
        description: expect.stringMatching(/^Bad Request: wrong remote file identifier specified: /),
      })
    })

    // td, FileManager::from_persistent_id_v23.
    it('is refused to send a photo as a document by its id', async () => {
      const { bot } = stage
      const { photo } = await bot.sendPhoto(ana, picture)
      const call = bot.sendDocument(ana, { id: photo?.at(-1)?.file_id ?? '' })
      expect(await stage.refusal(call)).toMatchObject({
        code: 400,
        description: "Bad Request: can't use file of type Photo as Document",
      })
    })

    it('gets a document of a person and downloads it', async () => {
      const { bot, control } = stage
      const got: Message[] = []
      bot.onMessage(({ message }) => void got.push(message))
      await stage.start()
      const base64 = Buffer.from('a,b\n1,2\n').toString('base64')
      await control.sendDocument(ana, { name: 'table.csv', base64 }, { caption: 'My numbers' })
      await soon(() => got).toHaveLength(1)
      const { document, caption } = got[0] as Message
      expect(document).toMatchObject({ file_name: 'table.csv', mime_type: 'text/csv', file_size: 8 })
      expect(caption).toBe('My numbers')
      expect(String(await bot.download(document?.file_id ?? ''))).toBe('a,b\n1,2\n')
    })

    it('is refused a photo of more than 10 MB', async () => {
      const call = stage.bot.sendPhoto(ana, { ...picture, bytes: Buffer.alloc(10 * megabyte + 1) })
      expect(await stage.refusal(call)).toMatchObject({
        code: 400,
        description:
          'Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
      })
    })

    it('is refused a document of more than 50 MB', async () => {
      const call = stage.bot.sendDocument(ana, { name: 'big.bin', bytes: Buffer.alloc(51 * megabyte) })
      expect(await stage.refusal(call)).toMatchObject({
        code: 413,
        description: 'Request Entity Too Large',
      })
    })

    it('is refused to download more than 20 MB', async () => {
      const { bot } = stage
      const { document } = await bot.sendDocument(ana, {
        name: 'big.bin',
        bytes: Buffer.alloc(20 * megabyte + 1),
      })
      expect(await stage.refusal(bot.download(document?.file_id ?? ''))).toMatchObject({
        code: 400,
        description: 'Bad Request: file is too big',
      })
    })
  })
}
