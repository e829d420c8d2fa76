// One broadcast by one contender, in a process of its own: what still waits when time is up ends with it.
import { childOptions } from '../shared/child.mjs'
import { grammyAutoRetry, grammyThrottler, kamihi, kamihiJob, telegrafBucket } from './contenders.mjs'

const contenders = { grammyAutoRetry, grammyThrottler, kamihi, kamihiJob, telegrafBucket }

const { contender, url, token, paid, seconds, atOnce, repliesPerSecond, people, chats } = childOptions()
const sender = await contenders[contender]({ url, token }, { paid, chats })
const endAt = performance.now() + seconds * 1000
const answers = []

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
if (sender.broadcast) void sender.broadcast()
else for (let n = 0; n < atOnce; n += 1) void hand(n)
if (repliesPerSecond > 0) void answerPeople()
await pause(endAt - performance.now())
process.send('time is up')
// The answers to those who wrote last have time to arrive.
await pause(2000)
process.send(answers.map(({ since, tookMs = performance.now() - since, waitedMs }) => ({ tookMs, waitedMs })))

/** Sends one message after another, to a chat of its own each. */
async function hand(first) {
  for (let chat = first; performance.now() < endAt; chat += atOnce) {
    if (chat >= chats) throw new Error('There are too few chats')
    await sender.bulk(1_000_000 + chat)
  }
}

/** People write at any time, each in a chat of their own. */
async function answerPeople() {
  for (let chatId = 1; chatId <= people && performance.now() < endAt; chatId += 1) {
    await answer(chatId)
    await pause((-Math.log(1 - Math.random()) * 1000) / repliesPerSecond)
  }
}

async function answer(chatId) {
  const entry = { since: performance.now() }
  answers.push(entry)
  const { waitedMs } = await sender.reply(chatId)
  Object.assign(entry, { waitedMs, tookMs: performance.now() - entry.since })
}
