import { expect, it } from 'vitest'
import { bulkRunWords } from '../../../src/pages/jobs/bulkRunWords.ts'
import * as en from '../../../src/texts/index.ts'

const reach = { names: ['Weather', 'News'], disabled: 0, people: 6, unreachable: 0, isExact: true }

it('names the jobs and tells whom they reach', () => {
  const { text, confirm } = bulkRunWords({ count: 2, reach, isEmulator: false }, en)
  expect(text).toContain('Weather, News.')
  expect(text).toContain('6 people get something')
  expect(text).not.toMatch(/disabled|cannot be reached|more/)
  expect(confirm).toBe('Send to 6 people')
})

it('tells of those that are disabled, of people who cannot be reached, and of the emulator', () => {
  const asked = { count: 9, reach: { ...reach, disabled: 1, unreachable: 2 }, isEmulator: true }
  const { text, confirm } = bulkRunWords(asked, en)
  expect(text).toContain('and 7 more')
  expect(text).toContain('1 of them is disabled')
  expect(text).toContain('2 of them cannot be reached now.')
  expect(confirm).toBe('Send to 6 people in the emulator')
})

it('says at least so many where not all were looked at', () => {
  const asked = { count: 2, reach: { ...reach, isExact: false }, isEmulator: false }
  expect(bulkRunWords(asked, en).confirm).toBe('Send to at least 6 people')
})

it('tells how many jobs while the people are still being counted', () => {
  expect(bulkRunWords({ count: 2, reach: null, isEmulator: true }, en).confirm).toBe('Run 2')
})
