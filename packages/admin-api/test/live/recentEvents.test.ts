import type { LiveEvent } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { createRecentEvents } from '../../src/live/recentEvents.ts'

const event = (id: string): LiveEvent => ({ type: 'users.changed', ids: [id] })

function recentOf(start: string, ...names: string[]) {
  const recent = createRecentEvents(start, 3)
  const ids = names.map((name) => recent.add(event(name)).id)
  const after = (id: string) => {
    const found = recent.after(id)
    return found === 'missed' ? found : found.map((item) => item.event)
  }
  return { recent, ids, after }
}

describe('whoever reads live events again', () => {
  it('gets those after the last one they have', () => {
    const { ids, after } = recentOf('a', 'x', 'y', 'z')
    expect(after(ids[0] ?? '')).toEqual([event('y'), event('z')])
    expect(after(ids[2] ?? '')).toEqual([])
  })

  it('is told that they missed some where those are not kept any more', () => {
    const { ids, after } = recentOf('a', 'v', 'w', 'x', 'y', 'z')
    expect(after(ids[0] ?? '')).toBe('missed')
    expect(after(ids[1] ?? '')).toEqual([event('x'), event('y'), event('z')])
  })

  it('is told so too by a server that has started again, however many events it has seen', () => {
    const { ids } = recentOf('a', 'x')
    const { after } = recentOf('b', 'y', 'z')
    expect(after(ids[0] ?? '')).toBe('missed')
  })

  it.each(['', '1', 'a-', 'a-x', 'a-1.5', 'a--1', 'a-9', 'seven', 'a-1-1'])(
    'is told so too where the last one that they name, %j, is none of ours',
    (id) => {
      expect(recentOf('a', 'x', 'y').after(id)).toBe('missed')
    },
  )

  it('may go on from what they were told with that', () => {
    const { recent, after } = recentOf('a', 'x', 'y')
    const place = recent.lastId()
    recent.add(event('z'))
    expect(after(place)).toEqual([event('z')])
    expect(after(createRecentEvents('a').lastId())).toEqual([event('x'), event('y'), event('z')])
  })
})
