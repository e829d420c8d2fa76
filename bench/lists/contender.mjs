// One server of lists, in a process of its own: that of Kamihi, or a bare one.
import { childOptions } from '../shared/child.mjs'

const { kind, folder } = childOptions()
const contenders = { kamihi, peer }
process.send(await contenders[kind]())
// What its threads have used so far, in microseconds.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send(user + system)
})

async function kamihi() {
  const { prepareBot, change } = await import('../shared/bot.mjs')
  const { defineAction } = await import('../../packages/core/dist/index.js')
  const { createAdminApi } = await import('../../packages/admin-api/dist/index.js')
  const { newApiToken, sha256 } = await import('../../packages/admin-api/dist/credentials.js')
  const bot = await prepareBot({
    folder,
    apiRoot: 'http://127.0.0.1:1',
    actions: [defineAction({ name: 'nothing', run: () => null })],
    web: { port: 0, rateLimit: 0 },
  })
  const api = createAdminApi({ ...bot, version: 'bench', dashboard: null })
  const token = newApiToken()
  const made = {
    name: 'bench',
    role: 'owner',
    prefix: token.slice(0, 8),
    hash: sha256(token),
    expiresAt: null,
  }
  await bot.kamihi.store.tokens.create(made, change())
  await api.start()
  return { url: api.url(), token }
}

async function peer() {
  const { startPeer } = await import('./peer.mjs')
  return { url: await startPeer(`${folder}/bench.db`), token: 'none' }
}
