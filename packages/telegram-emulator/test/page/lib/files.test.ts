import { expect, it } from 'vitest'
import { type Attachment, type SentAs, whyRefused } from '../../../page/lib/attachments.ts'
import { parcelsOf } from '../../../page/lib/parcels.ts'
import { durationWords, fileUrl, mapLink, shownWidth, sizeWords } from '../../../page/lib/sizes.ts'

const files = (...kinds: SentAs[]): Attachment[] =>
  kinds.map((as, index) => ({
    name: `${index}`,
    base64: '',
    dataUrl: '',
    size: 1,
    isPicture: as === 'photo',
    as,
  }))
const names = (kinds: SentAs[], asFiles = false) =>
  parcelsOf({ files: files(...kinds), asFiles }).map((parcel) =>
    parcel.map(({ name, as }) => `${as} ${name}`),
  )

it('photos go together in albums of up to ten, other files by themselves', () => {
  expect(names(['photo', 'document', 'photo'])).toEqual([['photo 0', 'photo 2'], ['document 1']])
  const many = names(Array.from({ length: 12 }, () => 'photo' as const))
  expect(many.map(({ length }) => length)).toEqual([10, 2])
  expect(names(['photo', 'photo', 'voice'], true)).toEqual([['document 0'], ['document 1'], ['voice 2']])
})

it('what a bot could not fetch is refused in a sentence', () => {
  expect(whyRefused({ name: 'a.zip', size: 20 * 1024 * 1024 })).toBeNull()
  expect(whyRefused({ name: 'a.zip', size: 25 * 1024 * 1024 })).toBe(
    '"a.zip" has 25 MB; bots cannot fetch more than 20 MB.',
  )
  expect(whyRefused({ name: 'a.txt', size: 0 })).toContain('empty')
})

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1434, '1.4 KB'],
  [2048, '2 KB'],
  [20_971_520, '20 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words)
})

it.each([
  [7, '0:07'],
  [75, '1:15'],
  [3723, '1:02:03'],
])('%i seconds are %s', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words)
})

it('a picture is seen whole, and not too small', () => {
  expect(shownWidth(4000, 3000)).toBe(400)
  expect(shownWidth(1000, 2000)).toBe(190)
  expect(shownWidth(10, 10)).toBe(140)
  expect(shownWidth(0, 0)).toBe(140)
})

it('addresses hold what they are to hold', () => {
  expect(mapLink({ latitude: 40.5, longitude: -3 })).toContain('?mlat=40.5&mlon=-3#map=15/40.5/-3')
  expect(fileUrl('a/b')).toBe('/_emu/files/a%2Fb')
})
