import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backupNames, surplus } from '../../src/backups/names.ts'

const database = join(mkdtempSync(join(tmpdir(), 'kamihi-names-')), 'kamihi.db')
const names = backupNames(database)
const time = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) })

describe('the name of a backup', () => {
  it('tells its time, sorts by it, and can be written everywhere', () => {
    expect(names.at(Date.UTC(2026, 10, 24, 8, 0, 0, 123))).toMatch(
      /^kamihi-20261124T080000123Z-[0-9a-f]{8}\.db$/,
    )
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(names.timeOf(names.at(a))).toBe(a)
        expect(names.at(a) < names.at(b)).toBe(a < b)
      }),
    )
  })

  it('is that of its database only: another one of the same name has others, and so has one with another id', () => {
    const elsewhere = backupNames('/srv/other/kamihi.db')
    expect(names.timeOf(elsewhere.at(0))).toBeNull()
    writeFileSync(`${database}.id`, 'an-instance\n')
    expect(backupNames(database).timeOf(names.at(0))).toBeNull()
  })
})

describe('what is too many', () => {
  it('is the oldest backups of this database, and never anything else', () => {
    const foreign = fc.constantFrom(
      'kamihi.db',
      'kamihi-keep.db',
      'kamihi-20261124T080000123Z.db',
      'notes.txt',
    )
    fc.assert(
      fc.property(
        fc.uniqueArray(time),
        fc.array(foreign),
        fc.integer({ min: 0, max: 9 }),
        (times, others, keep) => {
          const gone = surplus([...others, ...times.map(names.at)], names, keep)
          const expected = [...times].sort((a, b) => b - a).slice(keep)
          expect(gone).toEqual(expected.map(names.at))
        },
      ),
    )
  })
})

describe('what a killed backup left', () => {
  it('is known by its name, with what stands beside it', () => {
    const copy = names.unfinished('1')
    expect([copy, `${copy}.lock`, `${copy}-journal`].map(names.unfinishedOf)).toEqual([copy, copy, copy])
    expect(
      [names.at(0), '.bashrc', backupNames('/srv/other/kamihi.db').unfinished('1')].map(names.unfinishedOf),
    ).toEqual([null, null, null])
  })
})
