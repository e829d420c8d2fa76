import { expect, it } from 'vitest'
import { startTestApi } from '../api.ts'

it('tells of an action how its runs of a week went, and what went wrong in them', async () => {
  const api = await startTestApi()
  const client = await api.as('operator')
  // She has never written to the bot, which is not the fault of the action.
  const ana = await client.createUser({ body: { telegramId: 1 } })
  const job = await client.createJob({
    body: { action: 'report', cronExpression: '0 9 * * *', perUser: true, userIds: [ana.id] },
  })
  const { runId } = await client.runJob({ params: { id: job.id }, body: {} })
  await expect.poll(async () => (await client.getRun({ params: { id: runId } })).finishedAt).not.toBeNull()
  const { items } = await client.listActions()
  expect(items.map(({ name, lastWeek }) => [name, lastWeek])).toEqual([
    ['report', { runs: 1, failed: 0 }],
    ['weather', { runs: 0, failed: 0 }],
  ])
  expect(await client.getAction({ params: { name: 'report' } })).toEqual(items[0])
  expect(await client.listActionErrors({ params: { name: 'report' } })).toEqual({ items: [] })
  await expect(client.listActionErrors({ params: { name: 'nothing' } })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  })
})
