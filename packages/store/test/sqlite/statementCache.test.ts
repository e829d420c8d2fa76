import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { keepStatements } from '../../src/sqlite/statementCache.ts'

function database() {
  const client = new Database(':memory:')
  keepStatements(client)
  client.exec('create table things (id integer primary key, name text)')
  return client
}

describe('compiled statements', () => {
  it('are compiled once for each text', () => {
    const client = database()
    const text = 'insert into things (name) values (?)'
    expect(client.prepare(text)).toBe(client.prepare(text))
    client.prepare(text).run('one')
    expect(client.prepare('select count(*) as n from things').get()).toEqual({ n: 1 })
  })

  it('give rows as objects again after somebody asked for lists, or for a column', () => {
    const client = database()
    client.prepare('insert into things (name) values (?)').run('one')
    const text = 'select id, name from things'
    expect(client.prepare(text).raw().all()).toEqual([[1, 'one']])
    expect(client.prepare(text).all()).toEqual([{ id: 1, name: 'one' }])
    expect(client.prepare(text).pluck().all()).toEqual([1])
    expect(client.prepare(text).all()).toEqual([{ id: 1, name: 'one' }])
  })

  it('go on after the tables have changed', () => {
    const client = database()
    const text = 'select * from things'
    expect(client.prepare(text).all()).toEqual([])
    client.exec("alter table things add column age integer; insert into things (name, age) values ('one', 7)")
    expect(client.prepare(text).all()).toEqual([{ id: 1, name: 'one', age: 7 }])
  })

  it('are forgotten when there are many others', () => {
    const client = database()
    const first = client.prepare('select 0')
    for (let n = 1; n <= 600; n += 1) client.prepare(`select ${n}`)
    expect(client.prepare('select 0')).not.toBe(first)
    expect(first.get()).toEqual({ 0: 0 })
  })
})
