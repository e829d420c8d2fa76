import type { Emulator } from '@kamihi/telegram-emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, setStage, weatherJob } from '../stage.ts'
import { settingsFor, startTelegram } from '../telegram.ts'

let telegram: Emulator
let stage: Stage
let jobId: string

beforeAll(async () => {
  telegram = await startTelegram()
  for (const [id, firstName] of [
    [1002, 'Luis'],
    [1003, 'Mei'],
  ] as const)
    await telegram.control.addUser({ id, firstName })
  stage = await setStage()
  jobId = (await weatherJob(stage)).id
})
afterAll(async () => {
  await stage?.close()
  await telegram?.close()
})

const badge = () => stage.page.getByText('nothing reaches Telegram')
const chat = () => stage.page.getByRole('link', { name: /^Chat/ })
const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )
async function runByHand(button: string): Promise<void> {
  await stage.open(`/jobs/${jobId}`)
  await stage.page.getByRole('button', { name: 'Run job manually' }).click()
  await stage.page.getByRole('button', { name: button, exact: true }).click()
  await stage.page
    .getByRole('region', { name: 'How it goes' })
    .getByText('Sent to 2 people.')
    .first()
    .waitFor()
}

describe('a bot that gets a token', () => {
  it('says before that nothing reaches Telegram, and leads to the chat page', async () => {
    await runByHand('Send to 2 people in the emulator')
    await badge().first().waitFor()
    await chat().waitFor()
    expect(await answers(stage.bot.chatPage)).toBe(true)
  })

  it('drops the badge and the chat, and keeps people, jobs and history', async () => {
    await stage.bot.kill('SIGTERM')
    await stage.bot.restart(settingsFor(telegram))
    await stage.open(`/jobs/${jobId}?tab=runs`)
    await stage.page.getByRole('row').filter({ hasText: 'completed' }).getByText('2 / 2').waitFor()
    expect(await badge().count()).toBe(0)
    expect(await chat().count()).toBe(0)
    expect(await answers(stage.bot.chatPage)).toBe(false)
    await stage.open('/users')
    for (const name of ['Ana', 'Luis', 'Mei']) await stage.page.getByRole('link', { name }).waitFor()
  })

  it('sends to Telegram from then on', async () => {
    await runByHand('Send to 2 people')
    for (const id of [1002, 1003]) expect(await telegram.control.messages(id)).toHaveLength(1)
    await stage.page.getByRole('link', { name: 'Job', exact: true }).click()
    await stage.page.getByRole('link', { name: 'Runs', exact: true }).last().click()
    await expect.poll(() => stage.page.getByRole('row').filter({ hasText: 'completed' }).count()).toBe(2)
  })
})

it('no page complains on the console or asks another host', () => {
  expect(stage.complaints.filter((text) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/.test(text))).toEqual([])
})
