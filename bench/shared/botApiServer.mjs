// A Bot API that takes every message, in a process of its own: fast enough never to be what is measured. No limits, no state but counts.
import { createServer } from 'node:http'
import { childOptions } from './child.mjs'

const { latencyMs = 0 } = childOptions()
const bot = { id: 1000000001, is_bot: true, first_name: 'Bench', username: 'bench_bot' }
/** How many messages each chat was sent. */
let chats = new Map()
let messages = 0
let firstAt = null
let lastAt = null
let inTheAir = 0
let mostAtOnce = 0

const server = createServer((request, response) => {
  const method = request.url.slice(request.url.lastIndexOf('/') + 1)
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const params = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}
    if (method === 'getUpdates') return poll(response, params)
    if (method === 'sendMessage') takeOff(response)
    const result = method === 'sendMessage' ? message(params) : method === 'getMe' ? bot : true
    if (latencyMs === 0) return answer(response, result)
    setTimeout(() => answer(response, result), latencyMs)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () =>
  process.send({ url: `http://127.0.0.1:${server.address().port}`, latencyMs }),
)

function takeOff(response) {
  inTheAir += 1
  mostAtOnce = Math.max(mostAtOnce, inTheAir)
  response.on('close', () => {
    inTheAir -= 1
  })
}

function message({ chat_id, text }) {
  messages += 1
  lastAt = Date.now()
  firstAt ??= lastAt
  chats.set(chat_id, (chats.get(chat_id) ?? 0) + 1)
  const chat = { id: chat_id, type: 'private', first_name: 'User' }
  return { message_id: messages, from: bot, chat, date: Math.floor(lastAt / 1000), text }
}

/** Nobody writes to the bot: the poll is held for as long as it asks to be. */
function poll(response, { timeout = 0 }) {
  const timer = setTimeout(() => answer(response, []), timeout * 1000)
  response.on('close', () => clearTimeout(timer))
}

function answer(response, result) {
  const body = JSON.stringify({ ok: true, result })
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

process.on('message', (asked) => {
  if (asked === 'report') {
    const again = [...chats.values()].reduce((sum, count) => sum + count - 1, 0)
    process.send({ messages, chats: chats.size, again, firstAt, lastAt, mostAtOnce })
  }
  if (asked === 'reset') {
    chats = new Map()
    messages = 0
    mostAtOnce = 0
    firstAt = null
    lastAt = null
    process.send('done')
  }
})
