// The emulator with its strict flood limits, in a process of its own.
import { createEmulator } from '../../packages/telegram-emulator/dist/index.js'
import { childOptions } from '../shared/child.mjs'

const { people, chats } = childOptions()
const emulator = await createEmulator({ port: 0, limits: true })
const { control } = emulator
const add = (id) => control.addUser({ id, firstName: `User ${id}` })
for (let id = 1; id <= people; id += 1) await add(id)
for (let chat = 0; chat < chats; chat += 1) await add(1_000_000 + chat)
process.send({ url: emulator.url, token: emulator.token })

process.on('message', async () => {
  const { accepted, refused } = (await control.limits()).counters
  process.send({ accepted, refused: Object.values(refused).reduce((sum, count) => sum + count, 0) })
})
