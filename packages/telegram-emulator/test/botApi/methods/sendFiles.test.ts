import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { ana, setupBot } from '../bot.ts'
import { megabytes, picture, words } from '../files.ts'

const bot = setupBot()
const here = { chat_id: ana }

const download = async (file_id: string | undefined) => {
  const { file_path, file_size } = await bot.ok('getFile', { file_id })
  const response = await fetch(`${bot.emulator.url}/file/bot${bot.emulator.token}/${file_path}`)
  return { size: file_size, bytes: new Uint8Array(await response.arrayBuffer()) }
}

describe('a photo', () => {
  it('comes in three sizes of the same proportions, the smallest first, each with ids of its own', async () => {
    const { photo = [] } = await bot.ok('sendPhoto', here, { photo: ['a.png', picture(2560, 1280)] })
    expect(photo.map(({ width, height }) => [width, height])).toEqual([
      [90, 45],
      [320, 160],
      [1280, 640],
    ])
    for (const key of ['file_id', 'file_unique_id'] as const)
      expect(new Set(photo.map((size) => size[key])).size).toBe(3)
  })

  it('is never made larger', async () => {
    const { photo = [] } = await bot.ok('sendPhoto', here, { photo: ['a.png', picture(200, 100)] })
    expect(photo.map(({ width }) => width)).toEqual([90, 200, 200])
  })

  it('can be sent again by the id of any size, with another caption', async () => {
    const sent = await bot.ok('sendPhoto', { ...here, caption: 'One' }, { photo: ['a.png', picture()] })
    for (const { file_id } of sent.photo ?? []) {
      const again = await bot.ok('sendPhoto', {
        ...here,
        photo: file_id,
        caption: '*Two*',
        parse_mode: 'MarkdownV2',
      })
      expect(again).toMatchObject({ photo: sent.photo, caption: 'Two', caption_entities: [{ type: 'bold' }] })
    }
  })

  it('is downloaded as it was uploaded', async () => {
    const bytes = picture(800, 400, 5000)
    const { photo } = await bot.ok('sendPhoto', here, { photo: ['a.png', bytes] })
    expect(await download(photo?.at(-1)?.file_id)).toEqual({ size: 5000, bytes: new Uint8Array(bytes) })
  })

  it.each<[words: string, width: number, height: number]>([
    ['PHOTO_INVALID_DIMENSIONS', 9000, 1001],
    ['PHOTO_INVALID_DIMENSIONS', 2100, 100],
    ['PHOTO_INVALID_DIMENSIONS', 100, 2100],
    ['IMAGE_PROCESS_FAILED', 0, 100],
  ])('is refused as %s when it is %i by %i', async (description, width, height) => {
    expect(await bot.refusal('sendPhoto', here, { photo: ['a.png', picture(width, height)] })).toBe(
      `Bad Request: ${description}`,
    )
  })

  it('that is no picture is refused', async () => {
    expect(await bot.refusal('sendPhoto', here, { photo: ['a.png', words('text')] })).toBe(
      'Bad Request: IMAGE_PROCESS_FAILED',
    )
  })

  it('of more than 10 MB is refused, of 10 MB it is taken', async () => {
    const most = 10 * 1024 * 1024
    await bot.ok('sendPhoto', here, { photo: ['a.png', picture(800, 400, most)] })
    expect(await bot.refusal('sendPhoto', here, { photo: ['a.png', picture(800, 400, most + 1)] })).toBe(
      `Bad Request: file of size ${most + 1} bytes is too big for a photo; the maximum size is ${most} bytes`,
    )
  })
})

describe('a file', () => {
  it('that is empty is refused', async () => {
    expect(await bot.refusal('sendDocument', here, { document: ['a.txt', words('')] })).toBe(
      'Bad Request: file must be non-empty',
    )
  })

  it('of 20 MB can be downloaded, a larger one only sent', async () => {
    const small = await bot.ok('sendDocument', here, { document: ['a.bin', megabytes(20)] })
    expect((await download(small.document?.file_id)).size).toBe(20 * 1024 * 1024)
    const large = await bot.ok('sendDocument', here, { document: ['a.bin', megabytes(21)] })
    expect(await bot.refusal('getFile', { file_id: large.document?.file_id })).toBe(
      'Bad Request: file is too big',
    )
  })

  it('of more than 50 MB is too large to upload', async () => {
    expect(await bot.call('sendDocument', here, { document: ['a.bin', megabytes(51)] })).toMatchObject({
      status: 413,
      body: { ok: false, error_code: 413, description: 'Request Entity Too Large' },
    })
    expect(await bot.control.messages(ana)).toEqual([])
  })

  it('is fetched from an address', async () => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/plain')
      response.end('From far away')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const document = `http://127.0.0.1:${(server.address() as AddressInfo).port}/papers/read`
    const sent = await bot.ok('sendDocument', { ...here, document })
    server.close()
    expect(sent.document).toMatchObject({ file_name: 'read.txt', mime_type: 'text/plain', file_size: 13 })
    expect(await download(sent.document?.file_id)).toEqual({
      size: 13,
      bytes: new Uint8Array(words('From far away')),
    })
  })

  it('that an address gives is refused when there is nothing in it', async () => {
    const server = createServer((_, response) => response.end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const document = `http://127.0.0.1:${(server.address() as AddressInfo).port}/empty.txt`
    expect(await bot.refusal('sendDocument', { ...here, document })).toBe(
      'Bad Request: wrong type of the web page content',
    )
    server.close()
  })

  it.each([
    ['document', 'a.pdf', {}, { file_name: 'a.pdf', mime_type: 'application/pdf' }],
    [
      'video',
      'a.mp4',
      { duration: 3, width: 4, height: 2 },
      { duration: 3, width: 4, height: 2, mime_type: 'video/mp4' },
    ],
    ['animation', 'a.gif', { duration: 1 }, { duration: 1, mime_type: 'image/gif' }],
    ['audio', 'a.mp3', { performer: 'P', title: 'T' }, { performer: 'P', title: 'T', duration: 0 }],
    ['voice', 'a.ogg', { duration: 2 }, { duration: 2, mime_type: 'audio/ogg' }],
    ['video_note', 'a.mp4', { length: 240 }, { length: 240, duration: 0 }],
    [
      'sticker',
      'a.webm',
      { emoji: '🙂' },
      { emoji: '🙂', is_video: true, is_animated: false, type: 'regular' },
    ],
  ])('sent as %s says what is known of it', async (kind, name, given, expected) => {
    const method = `send${kind
      .split('_')
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join('')}`
    const result = await bot.ok(method, { ...here, ...given }, { [kind]: [name, words('12345')] })
    expect(result).toMatchObject({ [kind]: { ...expected, file_size: 5, file_id: expect.any(String) } })
  })

  it('of another name is known by the name of its part', async () => {
    const sent = await bot.ok(
      'sendDocument',
      { ...here, document: 'attach://mine' },
      { mine: ['b.txt', words('x')] },
    )
    expect(sent.document?.file_name).toBe('b.txt')
  })
})

describe('an animation', () => {
  it('is a document too, for old clients', async () => {
    const { animation, document } = await bot.ok('sendAnimation', here, { animation: ['a.gif', words('x')] })
    expect(document?.file_id).toBe(animation?.file_id)
  })

  // Client.cpp, `JsonAnimation` as a document
  it('has no size and no duration as a document', async () => {
    const { document } = await bot.ok('sendAnimation', here, { animation: ['a.gif', words('x')] })
    expect(document).not.toHaveProperty('duration')
  })
})
