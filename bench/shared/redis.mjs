import { execFileSync, spawn } from 'node:child_process'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { atEnd, temporaryFolder } from './cleanUp.mjs'
import { installed, unpacked } from './debian.mjs'
import { freePort, until } from './waiting.mjs'

/** What redis-server needs of Debian besides what each system has. */
const packages = [
  'redis-server',
  'redis-tools',
  'libjemalloc2',
  'liblua5.1-0',
  'liblzf1',
  'lua-cjson',
  'lua-bitop',
]

/**
 * Starts a Redis that appends to its file as it is told: `everysec` (may lose a second of work) or `always`.
 * @throws Error when there is no redis-server and none can be had
 */
export async function startRedis(appendfsync) {
  const { program, env } = find()
  const folder = temporaryFolder('redis')
  const port = await freePort()
  const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'yes', appendfsync }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  const server = spawn(program, args, { env, stdio: 'ignore' })
  atEnd(() => server.kill('SIGKILL'))
  await until(() => answers(port), 'Redis does not answer')
  return {
    connection: { host: '127.0.0.1', port },
    version:
      execFileSync(program, ['--version'], { env })
        .toString()
        .match(/v=(\S+)/)?.[1] ?? '?',
    stop: () => void server.kill('SIGKILL'),
  }
}

function find() {
  const program = installed('redis-server')
  if (program) return { program, env: process.env }
  const { root, env } = unpacked(packages)
  return { program: join(root, 'usr/bin/redis-server'), env }
}

const answers = (port) =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'))
    socket.on('error', () => resolve(false))
    socket.on('data', (data) => {
      socket.destroy()
      resolve(data.toString().startsWith('+PONG'))
    })
  })
