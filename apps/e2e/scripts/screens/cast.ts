import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'
import { owner } from '../../test/owner.ts'
import { type Stage, weatherJob } from '../../test/stage.ts'

/** One thing of each kind that pages are shown of. */
export interface Cast {
  job: string
  run: string
  user: string
  role: string
  permission: string
}

/** Adds actions that an operator has to see to: one that fails, and one that cannot be loaded. */
export function addFailing(dir: string): void {
  const failing = `import { defineAction } from 'kamihi'
export default defineAction({
  description: 'Asks the warehouse what is in stock',
  async run({ log }) {
    log.info('asking the warehouse')
    log.warning('the warehouse is slow today')
    throw new Error('The warehouse answered 503: come back later')
  },
})`
  writeFileSync(join(dir, 'actions', 'stock.ts'), failing)
  writeFileSync(join(dir, 'actions', 'broken.ts'), 'export default {')
}

const longName = 'María de los Ángeles Fernández-Villaverde y Gómez de la Serna'

/** Fills the bot with what a team has after some weeks: many people, and jobs and runs in every state. */
export async function fill(stage: Stage): Promise<Cast> {
  const role = await addPeople(stage)
  const job = await addJobs(stage, role)
  const run = await addRuns(stage, job)
  const { api } = stage
  // Hours have passed on the clock of the bot: for tokens and accounts a sign-in has to be fresh.
  await api.signIn({ body: owner })
  const user = (await api.listUsers({ query: { q: 'Luis' } })).items[0]
  const permission = (await api.listPermissions()).items.find(({ action }) => action === 'weather')
  await api.createToken({ body: { name: 'CI', role: 'viewer' } })
  await api.createAccount({ body: { username: 'luis', role: 'operator' } })
  return { job, run, user: user?.id ?? '', role, permission: permission?.id ?? '' }
}

async function addPeople({ api, bot }: Stage): Promise<string> {
  const sales = await api.createRole({ body: { name: 'Sales in the north and the north-west' } })
  const items = Array.from({ length: 70 }, (_, n) => ({
    telegramId: 7000 + n,
    name: n === 3 ? longName : `Customer ${n + 1}`,
    roleIds: n < 40 ? [sales.id] : [],
  }))
  await api.importUsers({ body: { items } })
  await vi.waitUntil(async () => (await bot.control.users()).length > 70, { timeout: 60_000 })
  for (const id of [7001, 7003]) await bot.control.block(id)
  return (await api.listRoles({ query: { q: 'Team' } })).items[0]?.id ?? sales.id
}

async function addJobs(stage: Stage, role: string): Promise<string> {
  const sales = (await stage.api.listRoles({ query: { q: 'Sales' } })).items.map(({ id }) => id)
  const main = await weatherJob(stage, {
    name: 'Morning weather',
    timezone: 'Europe/Madrid',
    roleIds: [role, ...sales],
    enabled: true,
  })
  const more: Parameters<typeof weatherJob>[1][] = [
    { name: 'Hourly outlook for everybody who works outside', cronExpression: '0 * * * *', enabled: true },
    {
      name: 'Stock of the warehouse',
      action: 'stock',
      args: {},
      cronExpression: '30 7 * * *',
      enabled: true,
    },
    { name: 'For nobody', roleIds: [], cronExpression: '15 10 * * 1' },
    { name: 'Args that do not fit', args: { nmae: 'typo' }, cronExpression: '0 0 1 1 *' },
    { name: null, cronExpression: '*/10 8-18 * * 1-5', perUser: false },
  ]
  for (const given of more) await weatherJob(stage, given)
  return main.id
}

async function addRuns({ api, bot }: Stage, job: string): Promise<string> {
  const within = { timeout: 60_000, interval: 200 }
  const idOf = async (q: string) => (await api.listJobs({ query: { q } })).items[0]?.id ?? ''
  const isOpen = async () => (await api.listRuns({ query: { state: ['queued', 'running'] } })).total > 0
  const run = async (id: string): Promise<string> => {
    const { runId } = await api.runJob({ params: { id }, body: {} })
    await vi.waitUntil(async () => !(await isOpen()), within)
    return runId
  }
  await run(await idOf('Stock'))
  await run(await idOf('For nobody'))
  const hourly = await idOf('Hourly')
  for (let n = 1; n <= 4; n += 1) {
    await bot.control.advance(3_600_000)
    const fired = async () => (await api.listRuns({ query: { jobId: hourly } })).total >= n
    await vi.waitUntil(async () => (await fired()) && !(await isOpen()), within)
  }
  for (let n = 0; n < 3; n += 1) await run(hourly)
  return run(job)
}
