import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { owner } from '../owner.ts'
import { type Stage, setStage, weatherJob } from '../stage.ts'

const hourMs = 3_600_000
/** Node options that let a process see a clock which is ahead of that of this machine. */
const ahead = (ms: number) =>
  `--import=data:text/javascript,${encodeURIComponent(`const now=Date.now;Date.now=()=>now()+${ms}`)}`
let stage: Stage
let page: Page
let jobId: string

beforeAll(async () => {
  stage = await setStage()
  page = stage.page
  const given = { name: 'Hourly', cronExpression: '0 * * * *', enabled: true, catchUp: 'skip' } as const
  jobId = (await weatherJob(stage, given)).id
})
afterAll(() => stage?.close())

const params = () => ({ id: jobId })
const runs = async () => (await stage.api.listRuns({ query: { jobId } })).items
const newest = async () => (await runs()).find(({ trigger }) => trigger === 'schedule')
/** Goes on to the next time of the job; when that is. */
async function nextTime(): Promise<string> {
  const at = (await stage.api.getJob({ params: params() })).nextRunAt ?? ''
  await stage.bot.control.advance(Date.parse(at) - (await stage.bot.control.time()).now)
  return at
}
/** What the page says of the time of the job in that hour. */
async function why(at: string): Promise<string> {
  await stage.open(`/jobs/${jobId}?tab=schedule`)
  const clock = `${at.slice(11, 13)}:00`
  const row = page
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`, ${clock}`) })
    .first()
  await row.waitFor()
  return ((await row.textContent()) ?? '').replaceAll(/\s+/g, ' ')
}

describe('why a job did not run', () => {
  it('names the run that had not ended', async () => {
    const error = { status: 429, description: 'Too Many Requests: retry after 5000', retryAfter: 5000 }
    await stage.bot.control.fail({ method: 'sendMessage', times: 1, error })
    const first = await nextTime()
    await expect.poll(async () => (await stage.bot.control.faults()).length).toBe(0)
    const second = await nextTime()
    await expect.poll(async () => (await newest())?.scheduledFor).toBe(second)
    await expect.poll(async () => (await newest())?.reason).toBe('overlap')
    await stage.bot.control.advance(5000_000 - hourMs)
    await expect
      .poll(async () => (await runs()).find(({ scheduledFor }) => scheduledFor === first)?.state)
      .toBe('completed')
    expect(await why(second)).toMatch(/skipped\s*Run \S+ had not ended/)
  })

  it('names who had switched it off, and until when', async () => {
    const set = async (enabled: boolean) => {
      const { version } = await stage.api.getJob({ params: params() })
      await stage.api.updateJob({ params: params(), body: { version, enabled } })
    }
    const at = (await stage.api.getJob({ params: params() })).nextRunAt ?? ''
    await set(false)
    await stage.bot.control.advance(Date.parse(at) - (await stage.bot.control.time()).now + hourMs / 2)
    await set(true)
    const said = await why(at)
    expect(said).toMatch(
      new RegExp(`The job was disabled: ${owner.username} switched it off at .* on again at \\d\\d:30`),
    )
  })

  it('names the time in which the bot was not running', async () => {
    const at = (await stage.api.getJob({ params: params() })).nextRunAt ?? ''
    await stage.bot.kill('SIGTERM')
    await stage.bot.restart({ NODE_OPTIONS: ahead(Date.parse(at) - Date.now() + hourMs / 4) })
    const said = await why(at)
    expect(said).toMatch(/missed.*The bot was not running from .*\d\d:\d\d\S* to \d\d:\d\d\./i)
  })
})

it('no page complains on the console or asks another host', () => {
  expect(stage.complaints.filter((text) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/.test(text))).toEqual([])
})
