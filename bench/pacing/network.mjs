// A network between a bot and the emulator, in a process of its own: whatever the bot writes arrives up to `jitterMs` late, each time otherwise.
import { connect, createServer } from 'node:net'
import { childOptions } from '../shared/child.mjs'

const { port, jitterMs } = childOptions()
const server = createServer((bot) => {
  const emulator = connect(port, '127.0.0.1')
  for (const socket of [bot, emulator]) socket.setNoDelay(true).on('error', () => {})
  late(bot, emulator)
  emulator.pipe(bot)
})
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }))

/** In order: what comes after something that is late is late too. */
function late(from, to) {
  let before = Promise.resolve()
  from.on('data', (chunk) => {
    const due = new Promise((resolve) => setTimeout(resolve, Math.random() * jitterMs))
    before = Promise.all([before, due]).then(() => to.write(chunk))
  })
  from.on('close', () => before.then(() => to.destroy()))
}
