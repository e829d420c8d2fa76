import { describe, expect, it } from 'vitest'
import { codeOf, post, startTestApi } from '../api.ts'

describe('a run', () => {
  it('that is not paused cannot be resumed, and one that is not there neither', async () => {
    const api = await startTestApi()
    const client = await api.as('operator')
    const { id } = await client.createJob({ body: { action: 'report', cronExpression: '0 0 1 1 *' } })
    const { runId } = await client.runJob({ params: { id }, body: {} })
    const authorization = `Bearer ${await api.token('operator')}`
    const resume = async (run: string) =>
      codeOf(
        await api.fetch(
          `/api/v1/runs/${run}/resume`,
          post({}, { authorization, 'content-type': 'application/json' }),
        ),
      )
    expect(await resume(runId)).toBe('run_not_paused')
    expect(await resume('nobody')).toBe('not_found')
  })
})
