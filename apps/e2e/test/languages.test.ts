import { degradedWords, errorCodes } from '@kamihi/contracts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { es } from '../../admin/src/texts/es/index.ts'
import * as en from '../../admin/src/texts/index.ts'
import { settled } from './axe.ts'
import { openPage } from './browser.ts'
import { cutOff, textsIn, tooWide } from './pageText.ts'
import { speakPseudo } from './pseudoLocale.ts'
import { type Stage, setStage, weatherJob } from './stage.ts'

let stage: Stage
let page: Page
let ids: Awaited<ReturnType<typeof prepare>>
/** English that the dashboard or the server would write, and that nobody has typed here. */
let english: Set<string>

beforeAll(async () => {
  stage = await setStage()
  ids = await prepare(stage)
  english = new Set([...englishTexts(), ...(await serverTexts(stage))])
  for (const name of await typedNames(stage)) english.delete(name)
  page = (await spanishPage()).page
})
afterAll(() => stage?.close())

/** People, roles and permissions are those of the demo; jobs in all states, and a run that reached some of its people. */
async function prepare(stage: Stage) {
  const { api, bot } = stage
  const first = async (list: Promise<{ items: { id: string }[] }>) => (await list).items[0]?.id ?? ''
  const [demo] = (await api.listJobs()).items
  const job = (await weatherJob(stage, { cronExpression: '* * * * *', enabled: true })).id
  const params = { id: job }
  await api.skipOccurrence({ params, body: { reason: 'puente' } })
  await api.pauseJob({ params, body: { reason: 'vacaciones' } })
  const alone = await weatherJob(stage, { name: 'Sola', roleIds: [], args: { city: 7, where: 'x' } })
  await bot.control.block(1003)
  const { runId: partial } = await api.runJob({ params: { id: demo?.id ?? '' }, body: {} })
  const { runId: skipped } = await api.runJob({ params: { id: alone.id }, body: {} })
  const stateOf = async (id: string) => (await api.getRun({ params: { id } })).state
  await vi.waitUntil(async () => (await stateOf(partial)) === 'partial', { timeout: 20_000 })
  await vi.waitUntil(async () => (await stateOf(skipped)) === 'skipped', { timeout: 20_000 })
  await api.createToken({ body: { name: 'Integración', role: 'viewer' } })
  await api.pauseScheduler({ body: { reason: 'mudanza' } })
  return {
    ...{ job, alone: alone.id, partial, skipped },
    user: await first(api.listUsers()),
    role: await first(api.listRoles()),
    permission: await first(api.listPermissions()),
  }
}

/** The plain texts of English that Spanish says otherwise. */
function englishTexts(): string[] {
  const spanish = new Set(plainTexts(es))
  return plainTexts(en).filter((text) => !spanish.has(text))
}

function plainTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(plainTexts) : []
}

/** What the server writes in English, about this very bot too. */
async function serverTexts({ api }: Stage): Promise<string[]> {
  const [health, settings, jobs] = [await api.getHealth(), await api.getSettings(), await api.listJobs()]
  const steps = await api.getRunTimeline({ params: { id: ids.partial } })
  const runs = (await api.listRuns()).items
  const { items: times } = await api.listOccurrences({ params: { id: ids.job }, query: {} })
  const { at: _, level: __, ...rows } = health
  return [
    ...Object.values(errorCodes).map(({ title }) => title),
    ...Object.values(degradedWords),
    ...Object.values(rows).map(({ message }) => message),
    ...settings.items.map(({ description }) => description),
    ...jobs.items.flatMap(({ warnings }) => warnings.map(({ message }) => message)),
    ...runs.flatMap(({ reasonDetail }) => reasonDetail ?? []),
    ...times.map(({ sentence }) => sentence),
    ...steps.steps.flatMap(({ detail }) => detail ?? []),
  ].filter((text) => text !== '')
}

/** Names that were given here, and may be English. */
async function typedNames({ api }: Stage): Promise<string[]> {
  const [users, roles, jobs] = [await api.listUsers(), await api.listRoles(), await api.listJobs()]
  return [...users.items, ...roles.items, ...jobs.items].flatMap(({ name }) => name ?? [])
}

/** A page that speaks Spanish, or what is served in its place. */
async function spanishPage() {
  const opened = await openPage(stage.context)
  await opened.page.addInitScript("localStorage.setItem('kamihi.language', 'es')")
  return opened
}

async function open(path: string): Promise<void> {
  await page.goto(stage.bot.dashboard + path)
  await settled(page)
}

const routes = (): string[] => [
  ...['/', '/jobs', '/jobs?q=nada', '/jobs/new', '/jobs?archived=true'],
  ...['', '?tab=runs', '?tab=audience', '?tab=schedule', '?tab=schedule&period=next24h'].map(
    (tab) => `/jobs/${ids.job}${tab}`,
  ),
  ...[`/jobs/${ids.job}?tab=changes`, `/jobs/${ids.job}?run=1`, `/jobs/${ids.job}/edit`],
  ...[`/jobs/${ids.alone}`, `/jobs/${ids.alone}/edit`, '/runs', `/runs/${ids.skipped}`],
  ...['', '?tab=timeline', '?tab=log'].map((tab) => `/runs/${ids.partial}${tab}`),
  ...['/schedule', '/schedule?view=list', '/users', '/users/new', `/users/${ids.user}`],
  ...['/roles', '/roles/new', `/roles/${ids.role}`, '/permissions', '/permissions/new'],
  ...[`/permissions/${ids.permission}`, '/permissions?view=matrix', '/permissions?view=matrix&rows=roles'],
  ...['/actions', '/actions/weather', '/audit', '/settings', '/settings/team', '/settings/tokens'],
  ...['/status', '/account', '/nada', '/jobs/nada'],
]

const left = async () => (await textsIn(page)).filter((text) => english.has(text))

describe('Spanish', { timeout: 240_000 }, () => {
  it('has no English left on any page', async () => {
    const found: string[] = []
    for (const path of routes()) {
      await open(path)
      found.push(...(await left()).map((text) => `${path}: ${text}`))
    }
    expect(found).toEqual([])
  })

  it('tells why a job did not run', async () => {
    await open(`/jobs/${ids.job}?tab=schedule`)
    await page
      .getByText(/La tarea aún no existía: ana la creó/)
      .first()
      .waitFor()
    await open(`/jobs/${ids.job}?tab=schedule&period=next24h`)
    await page
      .getByText(/ana tiene el planificador en pausa desde .*: mudanza/)
      .first()
      .waitFor()
  })

  it('says why a schedule is refused', async () => {
    await open('/jobs/new')
    await page.locator('#cron').fill('99 * * * *')
    await page.getByText('En el minuto, 99 queda fuera; se permite 0-59.', { exact: false }).waitFor()
    expect(await left()).toEqual([])
  })

  it('says why a person cannot be saved', async () => {
    await open('/users/new')
    await page.getByLabel(es.forms.fields.telegramId ?? '').fill('1001')
    await page.getByRole('button', { name: es.common.save }).click()
    await page.getByText('Ya existe otro con ese ID de Telegram.').waitFor()
    await page.getByText('ya está en uso').waitFor()
    expect(await left()).toEqual([])
  })
})

describe('a language with longer words', { timeout: 240_000 }, () => {
  it('fits into a phone and into a wide screen, on every page', async () => {
    await speakPseudo(stage.context)
    const found: string[] = []
    for (const path of routes()) {
      await open(path)
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        found.push(...(await tooWide(page)).map((what) => `${path} at ${width}: ${what} is too wide`))
        found.push(...(await cutOff(page)).map((text) => `${path} at ${width}: “${text}” is cut off`))
      }
    }
    expect(await textsIn(page)).toContainEqual(expect.stringMatching(/[åéîø]/))
    expect(found).toEqual([])
  })
})
