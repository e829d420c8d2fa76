import { describe, expect, it } from 'vitest'
import { createKeyReader, marks } from '../../../src/lib/keyboard/shortcutKeys.ts'

describe('single keys', () => {
  it('ask for what they stand for', () => {
    const read = createKeyReader()
    expect(read('?', 0)).toEqual({ kind: 'help' })
    expect(read('/', 1)).toEqual({ kind: 'search' })
    expect(read('q', 2)).toBeNull()
  })

  it('go to a page after g, even where the letter means something else alone', () => {
    const read = createKeyReader()
    expect(read('g', 0)).toBeNull()
    expect(read('r', 400)).toEqual({ kind: 'go', letter: 'r' })
    expect(read('r', 500)).toEqual({ kind: 'run' })
  })

  it('forget g after a while', () => {
    const read = createKeyReader()
    read('g', 0)
    expect(read('r', 2000)).toEqual({ kind: 'run' })
  })
})

const components = Object.entries(
  import.meta.glob<string>('../../../src/**/*.svelte', { query: '?raw', import: 'default', eager: true }),
)
const carriers = (mark: string) =>
  components
    .filter(([, code]) => new RegExp(`\\s${mark}[\\s=>]`).test(code))
    .map(([path]) => path.replace(/.*\//, ''))

describe('what a key acts on', () => {
  it.each(Object.values(marks))('is marked somewhere: %s', (mark) => {
    expect(carriers(mark)).not.toEqual([])
  })

  it('is marked on the page of a job and in rows', () => {
    expect(carriers(marks.run)).toEqual(expect.arrayContaining(['JobPage.svelte', 'RowActions.svelte']))
    expect(carriers(marks.edit)).toEqual(expect.arrayContaining(['JobPage.svelte', 'RowActions.svelte']))
  })
})
