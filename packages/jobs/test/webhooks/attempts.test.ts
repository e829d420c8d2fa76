import { expect, it } from 'vitest'
import { decideTry, mostTries } from '../../src/webhooks/attempts.ts'
import { signatureOf } from '../../src/webhooks/signature.ts'

const now = 1_000_000

it('is done with an answer of success', () => {
  expect(decideTry({ kind: 'answered', status: 204 }, 0, now)).toEqual({ kind: 'delivered' })
})

it('waits a minute after the first failure, longer after each, and gives up in the end', () => {
  const failed = { kind: 'answered' as const, status: 500 }
  const waits = Array.from({ length: mostTries - 1 }, (_, attempts) => decideTry(failed, attempts, now)).map(
    (decision) => (decision.kind === 'retry' ? (decision.at - now) / 60_000 : decision.kind),
  )
  expect(waits).toEqual([1, 5, 15, 60, 180, 360, 720, 720])
  expect(decideTry(failed, mostTries - 1, now)).toEqual({ kind: 'given_up', error: 'It answered 500.' })
})

it('tries again when nobody answered, and says why', () => {
  const outcome = { kind: 'unanswered' as const, error: 'It cannot be reached: refused' }
  expect(decideTry(outcome, 0, now)).toEqual({ kind: 'retry', error: outcome.error, at: now + 60_000 })
})

it('says of a redirect that it is not followed', () => {
  expect(decideTry({ kind: 'answered', status: 302 }, 0, now)).toMatchObject({
    kind: 'retry',
    error: expect.stringContaining('Redirects are not followed'),
  })
})

it('asks nobody again who answers that it is gone', () => {
  expect(decideTry({ kind: 'answered', status: 410 }, 0, now)).toMatchObject({ kind: 'given_up' })
})

it('signs the time and the body with the secret', () => {
  const signature = signatureOf('{"a":1}', 'a secret of some length', 1_700_000_000_999)
  expect(signature).toMatch(/^t=1700000000,v1=[0-9a-f]{64}$/)
  expect(signatureOf('{"a":2}', 'a secret of some length', 1_700_000_000_999)).not.toBe(signature)
  expect(signatureOf('{"a":1}', 'another secret', 1_700_000_000_999)).not.toBe(signature)
  expect(signatureOf('{"a":1}', 'a secret of some length', 1_700_000_001_000)).not.toBe(signature)
})
