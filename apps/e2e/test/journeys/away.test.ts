import type { Emulator } from '@kamihi/telegram-emulator'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, type Watched } from '../browser.ts'
import { type Gateway, startProxy } from '../proxy.ts'
import { type Stage, setStage, weatherJob } from '../stage.ts'
import { settingsFor, startTelegram } from '../telegram.ts'

const people = Array.from({ length: 80 }, (_, n) => 8000 + n)
let telegram: Emulator
let stage: Stage
let proxy: Gateway
let behind: Watched
let jobId: string
let runId: string

beforeAll(async () => {
  telegram = await startTelegram()
  for (const id of people) await telegram.control.addUser({ id, firstName: `Person ${id}` })
  // So slow that it is still going on when it is interrupted, however busy the machine is.
  stage = await setStage({ ...settingsFor(telegram), KAMIHI_TELEGRAM__RATE__GLOBAL: '1' })
  proxy = await startProxy(stage.bot.dashboard)
  behind = await openPage(stage.context)
  const role = await stage.api.createRole({ body: { name: 'Crowd' } })
  const items = people.map((telegramId) => ({ telegramId, name: `Person ${telegramId}`, roleIds: [role.id] }))
  await stage.api.importUsers({ body: { items } })
  jobId = (await weatherJob(stage, { roleIds: [role.id] })).id
  runId = (await stage.api.runJob({ params: { id: jobId }, body: {} })).runId
})
afterAll(async () => {
  await stage?.close()
  await proxy?.close()
  await telegram?.close()
})

const pages = (): [string, Page][] => [
  ['straight', stage.page],
  ['behind a proxy', behind.page],
]
const verdict = (page: Page, words: string | RegExp) =>
  page.getByRole('region', { name: 'How it goes' }).getByText(words).first()
const received = async (id: number) => (await telegram.control.messages(id)).length
const reached = async () => (await Promise.all(people.map(received))).filter((count) => count > 0).length

// One journey, seen in two pages at once: one asks the bot itself, the other through a proxy that answers 502 meanwhile.
describe('while a run goes on and the bot is killed', () => {
  it('the pages are told within ten seconds, and nothing can be done on them', async () => {
    await stage.open(`/runs/${runId}`)
    await behind.page.goto(`${proxy.url}/runs/${runId}`)
    for (const [name, page] of pages()) {
      await page.getByText('Live', { exact: true }).waitFor()
      await verdict(page, 'of 80 people done').waitFor()
      expect(await page.getByRole('button', { name: 'Cancel', exact: true }).isEnabled(), name).toBe(true)
    }
    await expect.poll(reached).toBeGreaterThan(5)
    // An action that the kill interrupts is not run again: nobody knows how far it came. On a busy machine some may still be at work.
    const acting = { params: { id: runId }, query: { state: 'acting' as const } }
    await expect.poll(async () => (await stage.api.listDeliveries(acting)).total).toBe(0)
    await stage.bot.kill('SIGKILL')
    for (const [name, page] of pages()) {
      // Ten seconds, and what a busy machine takes to draw it.
      await page.getByRole('alert').getByText('The bot does not answer').waitFor({ timeout: 15_000 })
      const cancel = page.getByRole('button', { name: 'Cancel', exact: true })
      expect(await cancel.isDisabled(), name).toBe(true)
      expect(await cancel.getAttribute('title'), name).toBe('The bot does not answer right now')
      await verdict(page, 'of 80 people done').waitFor()
    }
    expect(await reached()).toBeLessThan(people.length)
  })

  it('they come back by themselves once it runs again, and the run reaches everybody', async () => {
    await stage.bot.restart({ KAMIHI_TELEGRAM__RATE__GLOBAL: '20' })
    for (const [, page] of pages()) {
      await page.getByText('Live', { exact: true }).waitFor({ timeout: 40_000 })
      await page.getByText('The bot does not answer').waitFor({ state: 'detached' })
    }
    for (const [, page] of pages()) await verdict(page, 'Sent to 80 people.').waitFor({ timeout: 60_000 })
    expect(await reached()).toBe(people.length)
  }, 120_000)

  it('the numbers are right: twice got it at most who is marked so', async () => {
    const { counts } = await stage.api.getRun({ params: { id: runId } })
    expect(counts).toMatchObject({ total: 80, sent: 80, pending: 0, inProgress: 0 })
    const deliveries = await stage.api.listDeliveries({ params: { id: runId }, query: { limit: 200 } })
    const marked = deliveries.items.flatMap((item) => (item.possiblyDuplicated ? [item.telegramId] : []))
    for (const id of people)
      expect(await received(id), `${id}`).toBeLessThanOrEqual(marked.includes(id) ? 2 : 1)
  })
})

it('no page complains of anything but that the bot was away', () => {
  const complaints = [...stage.complaints, ...behind.complaints]
  expect(
    complaints.filter((text) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|status of 502/.test(text)),
  ).toEqual([])
})
