import { expect, it } from 'vitest'
import { isAt, placesOf } from '../../src/shell/places.ts'

const place = (href: string, external = false) =>
  ({ ...placesOf(null)[0]?.[0], href, external }) as Parameters<typeof isAt>[0]

it('a place is marked on its page and the pages below it, the first page only on its own', () => {
  expect(isAt(place('/jobs'), '/jobs')).toBe(true)
  expect(isAt(place('/jobs'), '/jobs/7/edit')).toBe(true)
  expect(isAt(place('/jobs'), '/jobsite')).toBe(false)
  expect(isAt(place('/'), '/')).toBe(true)
  expect(isAt(place('/'), '/jobs')).toBe(false)
})

it('the chat is a place only while the emulator is on', () => {
  const names = (chatUrl: string | null) =>
    placesOf(chatUrl)
      .flat()
      .map(({ name }) => name)
  expect(names('http://localhost:1')).toContain('chat')
  expect(names(null)).not.toContain('chat')
})

it('no two places share a key', () => {
  const keys = placesOf('http://localhost:1')
    .flat()
    .flatMap(({ key }) => key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})
