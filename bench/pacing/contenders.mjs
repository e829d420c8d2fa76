// Ways to send a message of a broadcast (`bulk`) and an answer to a person (`reply`).
import { createKamihi, defineAction, loadConfig, silentLogger } from '../../packages/core/dist/index.js'
import { createJobs } from '../../packages/jobs/dist/index.js'
import { change, urlOf } from '../shared/bot.mjs'
import { temporaryFolder } from '../shared/cleanUp.mjs'
import { Telegram } from '../shared/modules.mjs'
import { peers } from '../shared/peers.mjs'
import { seedPeople } from '../shared/seed.mjs'

const textOf = (chatId) => `Report for ${chatId}: all is well`

/** Kamihi's sender, with its limits as they are by default. */
export async function kamihi({ url, token }, { paid }) {
  const { bot } = await prepareBot({ url, token, paid })
  const { bulk, reply } = sendersOf(bot)
  return { bulk, reply }
}

/** The whole way of a job: an action that runs for each person, and every step of every delivery on disk. */
export async function kamihiJob({ url, token }, { paid, chats }) {
  const { bot, folder } = await prepareBot({ url, token, paid })
  const roleIds = [await seedPeople(folder, chats)]
  const jobs = createJobs({ kamihi: bot })
  bot.use(jobs)
  await bot.start()
  const settings = { action: 'report', cronExpression: '0 0 1 1 *', perUser: true, roleIds }
  const saved = await jobs.create(settings, change())
  const asked = { idempotencyKey: 'bench', args: null, onlyUserIds: null, dryRun: false }
  return { broadcast: () => jobs.run(saved.value.id, asked, change()), reply: sendersOf(bot).reply }
}

async function prepareBot({ url, token, paid }) {
  const folder = temporaryFolder('pacing')
  const { config } = await loadConfig({
    cwd: folder,
    env: {},
    overrides: {
      token,
      telegram: { apiRoot: url, rate: { paid } },
      db: { url: urlOf(folder) },
      jobs: { enabled: true },
    },
  })
  const report = defineAction({ name: 'report', run: ({ user }) => textOf(user?.telegramId) })
  return { folder, bot: await createKamihi({ config, actions: [report], logger: silentLogger() }) }
}

function sendersOf({ telegram }) {
  const send = async (lane, chatId) => {
    const part = { kind: 'text', text: textOf(chatId), entities: [] }
    const began = performance.now()
    let waitedMs = 0
    const beforeWrite = async () => {
      waitedMs = performance.now() - began
      return true
    }
    await telegram.send(chatId, part, { lane, beforeWrite })
    return { waitedMs }
  }
  return { bulk: (chatId) => send('bulk', chatId), reply: (chatId) => send('reply', chatId) }
}

/** grammY with its throttler, with the throttler's limits as they are by default or as a bot that pays would set them. */
export function grammyThrottler({ url, token }, { paid }) {
  const { apiThrottler } = peers()('@grammyjs/transformer-throttler')
  const perSecond = {
    maxConcurrent: 1000,
    reservoir: 1000,
    reservoirRefreshAmount: 1000,
    reservoirRefreshInterval: 1000,
  }
  return grammy({ url, token }, apiThrottler(paid ? { global: perSecond } : {}), paid)
}

/** grammY without pacing: sends at once, and waits when it is told to. */
export function grammyAutoRetry({ url, token }, { paid }) {
  const { autoRetry } = peers()('@grammyjs/auto-retry')
  return grammy({ url, token }, autoRetry(), paid)
}

function grammy({ url, token }, transformer, paid) {
  const { Api } = peers()('grammy')
  const api = new Api(token, { apiRoot: url })
  api.config.use(transformer)
  const send = async (chatId, more) => {
    await api.sendMessage(chatId, textOf(chatId), more).catch(() => {})
    return {}
  }
  return {
    bulk: (chatId) => send(chatId, paid ? { allow_paid_broadcast: true } : {}),
    reply: (chatId) => send(chatId, {}),
  }
}

/** telegraf behind a token bucket: a second's worth at once, then one for each that time has brought. */
export function telegrafBucket({ url, token }, { paid }) {
  const telegram = new Telegram(token, { apiRoot: url })
  const perSecond = paid ? 1000 : 30
  let tokens = perSecond
  let filledAt = performance.now()
  const take = async () => {
    for (;;) {
      const now = performance.now()
      tokens = Math.min(perSecond, tokens + ((now - filledAt) * perSecond) / 1000)
      filledAt = now
      if (tokens >= 1) {
        tokens -= 1
        return
      }
      await new Promise((resolve) => setTimeout(resolve, ((1 - tokens) / perSecond) * 1000))
    }
  }
  const send = async (chatId, more) => {
    for (;;) {
      await take()
      try {
        await telegram.sendMessage(chatId, textOf(chatId), more)
        return {}
      } catch (error) {
        const seconds = error.parameters?.retry_after
        if (!seconds) return {}
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
      }
    }
  }
  return {
    bulk: (chatId) => send(chatId, paid ? { allow_paid_broadcast: true } : {}),
    reply: (chatId) => send(chatId, {}),
  }
}
