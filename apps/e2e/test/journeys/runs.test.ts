import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, setStage, weatherJob } from '../stage.ts'

let stage: Stage
let jobId: string

beforeAll(async () => {
  stage = await setStage()
  jobId = (await weatherJob(stage)).id
})
afterAll(() => stage?.close())

const button = (name: string | RegExp) => stage.page.getByRole('button', { name })
const row = (text: string) => stage.page.getByRole('row').filter({ hasText: text })
const verdict = (words: string | RegExp) =>
  stage.page.getByRole('region', { name: 'How it goes' }).getByText(words).first().waitFor()
const messagesOf = async (people: number[]) =>
  Promise.all(people.map(async (id) => (await stage.bot.control.messages(id)).length))
const choose = async (...names: string[]) => {
  for (const name of names) {
    await stage.page.locator('#run-people').fill(name)
    await stage.page.getByRole('option', { name: new RegExp(name) }).click()
  }
  await stage.page.keyboard.press('Escape')
}
/** Longer than a test takes, so that the waiting is seen; the clock is moved over it. */
const askedToWait = { status: 429, description: 'Too Many Requests: retry after 300', retryAfter: 300 }
const askToRun = async (id = jobId) => {
  await stage.open(`/jobs/${id}`)
  await button('Run job manually').click()
}

describe('a run by hand', () => {
  it('as a dry run shows a bubble for each chosen person, and the bot sends nothing', async () => {
    const before = await messagesOf([1002, 1003])
    await askToRun()
    await stage.page.getByLabel('Dry run – nothing is sent').check()
    await choose('Luis')
    await button('Try it, send nothing').click()
    await verdict('Dry run: nothing was sent.')
    await row('Luis').getByText('Paris is cloudy').waitFor()
    expect(await row('Mei').count()).toBe(0)
    expect(await messagesOf([1002, 1003])).toEqual(before)
  })

  it('for chosen people sends to exactly those two of five', async () => {
    const { api, bot } = stage
    const added = await Promise.all(
      [1004, 1005, 1006].map((telegramId) =>
        api.createUser({ body: { telegramId, name: `P${telegramId}` } }),
      ),
    )
    const { id } = await weatherJob(stage, { name: 'Five', userIds: added.map((user) => user.id) })
    const people = [1002, 1003, 1004, 1005, 1006]
    await expect
      .poll(async () => (await bot.control.users()).map((user) => user.id))
      .toEqual(expect.arrayContaining(people))
    const before = await messagesOf(people)
    await askToRun(id)
    await stage.page.getByLabel('Everyone (5)').waitFor()
    await stage.page.getByLabel('Only chosen people').check()
    await choose('Luis', 'P1005')
    await button('Send to 2 people in the emulator').click()
    await verdict('Sent to 2 people.')
    const sent = (await messagesOf(people)).map((count, index) => count - (before[index] ?? 0))
    expect(sent).toEqual([1, 0, 0, 1, 0])
  })

  it('for nobody is warned of before, and ends as skipped with the reason', async () => {
    const { id } = await weatherJob(stage, { name: 'Nobody', roleIds: [] })
    await askToRun(id)
    await stage.page.getByText('nobody is chosen: it will not run at all').first().waitFor()
    await button('Run it, send to nobody').click()
    await verdict('skipped')
    await stage.open(`/jobs/${id}?tab=runs`)
    await row('skipped').getByText('Nobody to run it for').waitFor()
  })

  it('tells who blocked the bot, and that they can be reached again once they write', async () => {
    const { api, bot, page } = stage
    await bot.control.block(1003)
    await askToRun()
    await button('Send to 2 people').click()
    await verdict('1 of 2 people did not get it; 1 did.')
    const marked = await api.listUsers({ query: { reachability: 'blocked' } })
    expect(marked.items.map(({ name }) => name)).toEqual(['Mei'])
    await button(/^Mark as reachable:.*blocked by the user/).click()
    await page.getByText('1 person marked as reachable').first().waitFor()
    expect((await api.listUsers({ query: { reachability: 'blocked' } })).total).toBe(0)
    await askToRun()
    await button('Send to 2 people').click()
    await verdict('1 of 2 people did not get it; 1 did.')
    await button(/^Show those:.*blocked by the user/).click()
    await expect.poll(() => row('Luis').count()).toBe(0)
    await page.getByRole('link', { name: 'Mei', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Mei' }).waitFor()
    await page.getByText('Blocked the bot').first().waitFor()
    await bot.control.unblock(1003)
    await bot.control.say(1003, 'hello')
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await expect.poll(async () => (await api.getUser({ params: { id } })).reachability).toBe('ok')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Mei' }).waitFor()
    expect(await page.getByText('Blocked the bot').count()).toBe(0)
  })

  it('waits as long as Telegram asks for, says until when, and then reaches all', async () => {
    const { bot, page } = stage
    const before = await messagesOf([1002, 1003])
    // Asked by one chat, only that chat waits; asked by two, all do.
    await bot.control.fail({ method: 'sendMessage', times: 2, error: askedToWait })
    await askToRun()
    await button('Send to 2 people').click()
    const until = page.getByText(/^Telegram asked to wait until \d\d:\d\d:\d\d.*; it goes on by itself then/)
    await until.waitFor()
    await verdict('0 of 2 people done')
    expect(await messagesOf([1002, 1003])).toEqual(before)
    await bot.control.advance(301_000)
    await verdict('Sent to 2 people.')
    await until.waitFor({ state: 'detached' })
    expect(await messagesOf([1002, 1003])).toEqual(before.map((count) => count + 1))
    await button('Details of the delivery to Luis').click()
    const details = page.getByRole('dialog', { name: 'Delivery to Luis' })
    await details.getByText('Those that did not succeed').waitFor()
    await details
      .getByText(/Telegram asked to wait/)
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Timeline' }).click()
    const waited = page.getByRole('listitem').filter({ hasText: 'waited for Telegram' })
    await waited.getByText(/until .*\d\d:\d\d:\d\d/).waitFor()
  })

  it('leaves out one who still waits, and nobody else', async () => {
    const { bot, page } = stage
    const before = await messagesOf([1002, 1003])
    await bot.control.fail({ method: 'sendMessage', chatId: 1003, error: askedToWait })
    await askToRun()
    await button('Send to 2 people').click()
    await button('Leave out Mei from this run').click()
    await page.getByText('the run goes on for the others').waitFor()
    await page.getByRole('button', { name: 'Leave out Mei', exact: true }).click()
    await page.getByText('Mei is left out.').first().waitFor()
    await verdict('1 of 2 people did not get it; 1 did.')
    await row('Mei').getByText('cancelled').first().waitFor()
    await bot.control.advance(301_000)
    expect(await messagesOf([1002, 1003])).toEqual([(before[0] ?? 0) + 1, before[1]])
  })

  it('of 200 people that is cancelled midway stops, and each is either sent or cancelled', async () => {
    const { api, bot, page } = stage
    const role = await api.createRole({ body: { name: 'Crowd' } })
    const items = Array.from({ length: 200 }, (_, n) => ({
      telegramId: 5000 + n,
      name: `Person ${n}`,
      roleIds: [role.id],
    }))
    await api.importUsers({ body: { items } })
    await expect.poll(async () => (await bot.control.users()).length).toBeGreaterThan(200)
    const { id } = await weatherJob(stage, { name: 'Broadcast', roleIds: [role.id] })
    await askToRun(id)
    await button('Send to 200 people').click()
    await verdict('of 200 people done')
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await button('Cancel run').click()
    await verdict(/^Cancelled: \d/)
    const { counts } = (await api.listRuns({ query: { jobId: id } })).items[0] ?? {}
    expect((counts?.sent ?? 0) + (counts?.cancelled ?? 0)).toBe(200)
    expect(counts?.cancelled).toBeGreaterThan(0)
    await page.getByText(`${counts?.sent} got it, ${counts?.cancelled} did not`).first().waitFor()
  })
})

it('no page complains on the console or asks another host', () => {
  expect(stage.complaints).toEqual([])
})
