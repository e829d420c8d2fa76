import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { settled } from '../test/axe.ts'
import { openPage } from '../test/browser.ts'
import { apiOf } from '../test/owner.ts'
import { colleague, type Stage, setStage } from '../test/stage.ts'
import { addFailing, type Cast, fill } from './screens/cast.ts'
import { take, writeIndex } from './screens/gallery.ts'
import { pictureOver } from './screens/over.ts'
import { allPlaces, bareEntries, gone, lists, type Places } from './screens/places.ts'
import { fails, picture, pictureAnswered, pictureStale } from './screens/states.ts'

const timeout = 600_000
afterAll(writeIndex)

describe('a bot with a history', { timeout }, () => {
  let stage: Stage
  let cast: Cast
  let places: Places
  beforeAll(async () => {
    stage = await setStage({}, { viewport: { width: 1280, height: 800 } }, addFailing)
    cast = await fill(stage)
    places = allPlaces(cast)
  }, timeout)
  afterAll(() => stage?.close())

  it('filled', () => picture(stage.page, stage, 'filled', places))
  it('over', () => pictureOver(stage, cast))
  it('loading', () => pictureAnswered(stage.context, stage, { state: 'loading', places, answer: () => {} }))
  it('error', () => pictureAnswered(stage.context, stage, { state: 'error', places, answer: fails }))
  it('stale', () => pictureStale(stage.context, stage, places))
  it('gone', () => picture(stage.page, stage, 'gone', gone))
  it('no-match', () => {
    const narrowed = Object.entries(lists).map(([name, path]) => [name, `${path}?q=nothing+like+this`])
    return picture(stage.page, stage, 'no-match', Object.fromEntries(narrowed))
  })
  it('viewer', async () => {
    const context = await colleague(stage, 'vera', 'viewer')
    await picture((await openPage(context)).page, stage, 'viewer', places)
    await context.close()
  })
  it('entrance', async () => {
    const { page } = await openPage(await stage.browser.newContext())
    const entrances = {
      'sign-in': '',
      setup: '/setup#token=x',
      invitation: '/setup#invite=x',
      'setup-bare': '/setup',
    }
    await picture(page, stage, 'entrance', entrances)
    await page.goto(stage.bot.chatPage)
    await settled(page)
    await take(page, 'entrance', 'chat')
    await page.context().close()
  })
})

it('first use', { timeout }, async () => {
  const stage = await setStage({}, {}, (dir) => rmSync(join(dir, 'demo.yaml')))
  await picture(stage.page, stage, 'first-use', bareEntries)
  await stage.close()
})

it('jobs off', { timeout }, async () => {
  const stage = await setStage({ KAMIHI_JOBS__ENABLED: 'false' })
  const api = apiOf(stage.context, stage.bot)
  const { id } = await api.createJob({ body: { action: 'report', cronExpression: '0 9 * * *' } })
  await picture(stage.page, stage, 'jobs-off', {
    home: '/',
    jobs: '/jobs',
    'job-new': '/jobs/new',
    job: `/jobs/${id}`,
    'job-schedule': `/jobs/${id}?tab=schedule`,
    'job-edit': `/jobs/${id}/edit`,
    runs: '/runs',
    schedule: '/schedule',
    status: '/status',
  })
  await stage.close()
})
