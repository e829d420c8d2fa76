import { ApiError } from '@kamihi/contracts/client'
import { beforeAll, describe, expect, it } from 'vitest'
import { explain } from '../../../src/lib/api/api.ts'
import { learnRefusals } from '../../../src/lib/api/refusalWords.ts'

const refusal = (problem: Partial<ApiError['problem']>) =>
  new ApiError(
    {
      status: 422,
      code: 'invalid_request',
      title: 'The request has invalid fields.',
      ...problem,
    } as ApiError['problem'],
    null,
  )

describe('what is told of a refusal', () => {
  beforeAll(() => learnRefusals())

  it('asks to correct a form, and names its fields as the form does', () => {
    const told = explain(
      refusal({
        errors: [
          { path: '/action', message: 'has to be given', issue: { kind: 'min_length', limit: 1 } },
          { path: '/telegramId', message: 'is required', issue: { kind: 'required' } },
        ],
      }),
    )
    expect(told).toMatchObject({
      title: 'Please correct what is named here.',
      fields: ['Action: has to be filled in', 'Telegram ID: has to be filled in'],
    })
  })

  it('calls a field that is taken as the form does', () => {
    const detail = 'There is a user with this telegramId already.'
    const issue = { kind: 'taken', thing: 'user', field: 'telegramId' } as const
    expect(explain(refusal({ code: 'duplicate', detail, issue })).detail).toBe(
      'There is a user with this Telegram ID already.',
    )
  })
})
