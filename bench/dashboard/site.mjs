// A bot with many people and its dashboard, and somebody signed in to it in Chromium.
import { createAdminApi } from '../../packages/admin-api/dist/index.js'
import { defineAction } from '../../packages/core/dist/index.js'
import { launchChromium } from '../../scripts/chromium.mjs'
import { prepareBot } from '../shared/bot.mjs'
import { startBotApi } from '../shared/botApi.mjs'
import { temporaryFolder } from '../shared/cleanUp.mjs'
import { seedPeople } from '../shared/seed.mjs'

const owner = { username: 'ana', password: 'a long and odd password' }
/** What Telegram permits a bot. */
const perSecond = 30

export async function openSite(people) {
  const folder = temporaryFolder('dashboard')
  await seedPeople(folder, people)
  const telegram = await startBotApi({ latencyMs: 20 })
  const bot = await prepareBot({
    folder,
    apiRoot: telegram.url,
    actions: [defineAction({ name: 'news', run: () => 'Nothing new.' })],
    rate: { global: perSecond },
    web: { port: 0, rateLimit: 0 },
  })
  const admin = createAdminApi({ ...bot, version: 'bench' })
  await bot.kamihi.start()
  await admin.start()
  const browser = await launchChromium()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await signIn(admin, context)
  return {
    folder,
    bot,
    context,
    url: admin.url(),
    version: browser.version(),
    async close() {
      await browser.close()
      await admin.stop()
      await bot.kamihi.stop()
      await telegram.stop()
    },
  }
}

async function signIn(admin, context) {
  const token = new URLSearchParams(new URL(admin.setupLink()).hash.slice(1)).get('token')
  const answer = await context.request.post(`${admin.url()}/api/v1/setup`, {
    data: { token, ...owner },
    headers: { origin: admin.url() },
  })
  if (!answer.ok()) throw new Error(await answer.text())
}
