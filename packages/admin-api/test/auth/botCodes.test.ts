import { describe, expect, it } from 'vitest'
import { type CodeHolder, createBotCodes } from '../../src/auth/botCodes.ts'

const ana: CodeHolder = { username: 'ana', accountId: '1' }
const now = Date.UTC(2026, 10, 24)
const minute = 60_000

function issued(codes: ReturnType<typeof createBotCodes>, holder = ana, at = now) {
  const made = codes.issue(holder, '198.51.100.1', at)
  if (made.kind !== 'issued') throw new Error(made.kind)
  return made
}

describe('a one-time code', () => {
  it('is worth nothing after five minutes', () => {
    const codes = createBotCodes()
    const { ticket, code } = issued(codes)
    expect(codes.verify(ticket, code, now + 5 * minute).kind).toBe('wrong')
  })

  it('is worth nothing with the ticket of another one', () => {
    const codes = createBotCodes()
    const [first, second] = [issued(codes), issued(codes)]
    expect(codes.verify(first.ticket, second.code, now).kind).toBe('wrong')
  })

  it('is read as people type it', () => {
    const codes = createBotCodes()
    const { ticket, code } = issued(codes)
    const typed = code.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase()
    expect(codes.verify(ticket, typed, now)).toEqual({ kind: 'right', accountId: '1', username: 'ana' })
  })

  it('opens nothing for a name that nobody has, even when it is right', () => {
    const codes = createBotCodes()
    const { ticket, code } = issued(codes, { username: 'nobody', accountId: null })
    expect(codes.verify(ticket, code, now).kind).toBe('wrong')
  })

  it('can be asked for again when the first of three was a quarter of an hour ago', () => {
    const codes = createBotCodes()
    for (const at of [0, 5, 10]) issued(codes, ana, now + at * minute)
    expect(codes.issue(ana, '198.51.100.1', now + 14 * minute)).toEqual({ kind: 'limited', seconds: 60 })
    expect(codes.issue(ana, '198.51.100.2', now + 14 * minute).kind).toBe('issued')
    expect(codes.issue(ana, '198.51.100.1', now + 15 * minute).kind).toBe('issued')
  })
})
