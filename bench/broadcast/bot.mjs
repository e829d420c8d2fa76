// A bot in a process of its own: runs a job when told to, or goes on with the run that it finds, and watches its own heap.
import { defineAction } from '../../packages/core/dist/index.js'
import { change, startBot, untilEnded } from '../shared/bot.mjs'
import { childOptions } from '../shared/child.mjs'

const { folder, apiRoot, perUser } = childOptions()
const sampleMs = 1000

const text = 'The office is closed on Friday. Have a good weekend!'
let peakRss = 0
let peakHeap = 0
const report = defineAction({
  name: 'report',
  run: ({ user }) => {
    // Everybody the job is for is in the hands of the action now: once for all, or at the first of many.
    if (!acted) sample()
    acted = true
    return user ? `${user.name}: ${text}` : text
  },
})
let acted = false
const bot = await startBot({ folder, apiRoot, actions: [report] })

globalThis.gc()
const before = process.memoryUsage()
// Only what is still needed counts: garbage is collected first.
function sample() {
  peakRss = Math.max(peakRss, process.memoryUsage().rss)
  globalThis.gc()
  peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed)
}
const sampling = setInterval(sample, sampleMs)

process.on('message', async (asked) => {
  if (asked.kind === 'run') await run()
  if (asked.kind === 'memory') process.send(memory())
  if (asked.kind === 'finish') process.send(await finish(asked.runId))
  if (asked.kind === 'stop') {
    clearInterval(sampling)
    await bot.kamihi.stop()
    process.exit()
  }
})
process.send('ready')

async function run() {
  const { store, clock } = bot.kamihi
  const roleIds = [(await store.roles.getByName('everyone')).id]
  const settings = { action: 'report', cronExpression: '0 0 1 1 *', perUser, roleIds }
  const { value: job } = await bot.jobs.create(settings, change())
  const beganAt = clock.now()
  const asked = { idempotencyKey: 'bench', args: null, onlyUserIds: null, dryRun: false }
  const { run } = await bot.jobs.run(job.id, asked, change())
  process.send({ runId: run.id, beganAt })
}

async function finish(runId) {
  const { state, counts } = await untilEnded(bot.kamihi, runId)
  return { state, sent: counts.sent, endedAt: Date.now() }
}

function memory() {
  sample()
  return { heapGrowth: peakHeap - before.heapUsed, rssGrowth: peakRss - before.rss }
}
