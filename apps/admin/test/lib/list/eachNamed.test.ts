import type { ErrorCode } from '@kamihi/contracts'
import { ApiError } from '@kamihi/contracts/client'
import { describe, expect, it } from 'vitest'
import { eachNamed } from '../../../src/lib/list/eachNamed.ts'

const refusal = (status: number, code: ErrorCode) =>
  new ApiError({ type: code, status, code, title: code }, null)
async function find(id: string) {
  if (id === 'old') throw refusal(404, 'not_found')
  if (id === 'busy') throw refusal(429, 'too_many_requests')
  return { id, label: `${id}!`, detail: '' }
}

describe('names of what was chosen', () => {
  it('stay readable when some of it was deleted meanwhile', async () => {
    const named = await eachNamed(['ana', 'old', 'luis'], find)
    expect(named.map(({ id, label }) => [id, label])).toEqual([
      ['ana', 'ana!'],
      ['old', 'deleted'],
      ['luis', 'luis!'],
    ])
  })

  it('call nothing deleted only because the server did not say', async () => {
    await expect(eachNamed(['ana', 'busy'], find)).rejects.toMatchObject({
      problem: { code: 'too_many_requests' },
    })
  })
})
