import { Delivery, Job, Run, User } from '@kamihi/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOf, csvLine } from '../../src/exports/csv.ts'

describe('a cell of a CSV file (checklist 53)', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=cmd|" /C calc"!A0'])(
    'that a spreadsheet would take for a formula is text: %j',
    (text) => {
      expect(csvLine([text])).toBe(`"'${text.replaceAll('"', '""')}"\r\n`)
    },
  )

  it('stays one cell, whatever separates them for who reads it', () => {
    expect(csvLine(['a,b', 'a;=b', 'say "no"', 'two\nlines', 'plain'])).toBe(
      '"a,b","a;=b","say ""no""","two\nlines",plain\r\n',
    )
  })

  it('shows nothing for nothing, and JSON for what is not one value', () => {
    expect(csvLine([null, undefined, true, 1.5, ['a', 'b'], { city: '=1' }])).toBe(
      ',,true,1.5,"[""a"",""b""]","{""city"":""=1""}"\r\n',
    )
  })

  it('never begins as a formula, and is read back as it was written', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (texts) => {
        const cells = cellsOf(csvLine(texts))
        expect(cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(texts)
        expect(cells.some((cell) => /^[=+\-@\t\r]/.test(cell))).toBe(false)
      }),
    )
  })
})

describe('the columns of a CSV file', () => {
  const names = (schema: typeof Run | typeof User | typeof Job | typeof Delivery) =>
    columnsOf(schema).map(({ name }) => name)

  it('are the fields, those of an object one by one', () => {
    expect(names(Run)).toEqual(expect.arrayContaining(['id', 'counts.sent', 'error.message', 'missed.from']))
    expect(names(Job)).toEqual(expect.arrayContaining(['stats.p95Ms', 'paused.by', 'warnings', 'userIds']))
  })

  it('keep free JSON and lists in one', () => {
    expect(names(User)).toContain('profile')
    expect(names(Delivery)).toEqual(expect.arrayContaining(['parts', 'output', 'error.class']))
  })
})

/** The cells of a line, read as RFC 4180 says. */
function cellsOf(line: string): string[] {
  const cells = [...`,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)]
  return cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
