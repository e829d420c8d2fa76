import { describe, expect, it } from 'vitest'
import { type CodeHolder, createBotCodes } from '../../src/auth/botCodes.ts'

const ana: CodeHolder = { username: 'ana', sentTo: { accountId: '1', version: 1, chatId: 7 } }
const now = Date.UTC(2026, 10, 24)
const minute = 60_000

describe('a one-time code', () => {
  it('is worth nothing after five minutes', () => {
    const codes = createBotCodes()
    const { ticket, code } = codes.issue(ana, now)
    expect(codes.verify(ticket, code, now + 5 * minute).kind).toBe('wrong')
  })

  it('is worth nothing with the ticket of another one', () => {
    const codes = createBotCodes()
    const [first, second] = [codes.issue(ana, now), codes.issue(ana, now)]
    expect(codes.verify(first.ticket, second.code, now).kind).toBe('wrong')
  })

  it('is read as people type it', () => {
    const codes = createBotCodes()
    const { ticket, code } = codes.issue(ana, now)
    const typed = code.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase()
    expect(codes.verify(ticket, typed, now)).toEqual({ kind: 'right', sentTo: ana.sentTo, username: 'ana' })
  })

  it('opens nothing for a name that nobody has, even when it is right', () => {
    const codes = createBotCodes()
    const { ticket, code } = codes.issue({ username: 'nobody', sentTo: null }, now)
    expect(codes.verify(ticket, code, now).kind).toBe('wrong')
  })
})
