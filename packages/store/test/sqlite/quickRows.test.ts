import Database from 'better-sqlite3'
import { getTableColumns, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quickRows } from '../../src/sqlite/quickRows.ts'

const things = sqliteTable('things', {
  id: integer('id').primaryKey(),
  label: text('label'),
  isOn: integer('is_on', { mode: 'boolean' }),
  facts: text('facts', { mode: 'json' }),
})

describe('rows of a prepared select', () => {
  it('are those that drizzle gives, whatever is in them', () => {
    const db = drizzle(new Database(':memory:'))
    db.run(sql`create table things (id integer primary key, label text, is_on integer, facts text)`)
    const fields = { ...getTableColumns(things), double: sql<number>`${things.id} * 2` }
    const select = db
      .select(fields)
      .from(things)
      .where(sql`${things.id} >= ${sql.placeholder('from')}`)
      .orderBy(things.id)
      .prepare()
    const quick = quickRows(select, fields)
    const thing = fc.record({
      label: fc.option(fc.string()),
      isOn: fc.option(fc.boolean()),
      facts: fc.option(fc.jsonValue().filter((value) => value !== null)),
    })
    fc.assert(
      fc.property(fc.array(thing, { maxLength: 5 }), fc.integer({ min: 0, max: 6 }), (rows, from) => {
        db.delete(things).run()
        for (const row of rows) db.insert(things).values(row).run()
        expect(quick.all({ from })).toEqual(select.all({ from }))
        expect(quick.get({ from })).toEqual(select.get({ from }))
      }),
    )
  })
})
