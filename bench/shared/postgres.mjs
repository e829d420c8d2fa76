import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { atEnd, temporaryFolder } from './cleanUp.mjs'
import { installed } from './debian.mjs'
import { freePort, until } from './waiting.mjs'

/** PostgreSQL refuses to run as root: then this user runs it. */
const servant = 'postgres'

/**
 * Starts a PostgreSQL with the settings it has by default: every commit is on disk before it is told.
 * @throws Error when there is none on this machine and none can be installed
 */
export async function startPostgres() {
  const bin = find()
  const folder = temporaryFolder('postgres')
  const who = identity()
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid)
  chmodSync(folder, 0o700)
  const data = join(folder, 'data')
  const run = { ...who, cwd: folder, stdio: 'ignore', env: { ...process.env, LC_ALL: 'C' } }
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    run,
  )
  const port = await freePort()
  const settings = ['-p', port, '-k', folder, '-c', 'listen_addresses=127.0.0.1'].map(String)
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], run)
  const ended = new Promise((resolve) => server.once('exit', resolve))
  // At once and with all its processes.
  atEnd(() => server.kill('SIGQUIT'))
  await until(() => isReady(bin, port), 'PostgreSQL does not answer')
  return {
    connectionString: `postgres://bench@127.0.0.1:${port}/postgres`,
    version:
      execFileSync(join(bin, 'postgres'), ['--version'])
        .toString()
        .match(/[\d.]+/)?.[0] ?? '?',
    async stop() {
      server.kill('SIGINT')
      await ended
    },
  }
}

function find() {
  const folders = () => {
    const all = '/usr/lib/postgresql'
    return existsSync(all) ? readdirSync(all).map((version) => join(all, version, 'bin')) : []
  }
  if (installed('initdb', folders()) === null) install()
  const found = installed('initdb', folders())
  if (found === null) throw new Error(`There is no PostgreSQL on this machine. ${advice}`)
  // A link on the PATH has no `postgres` beside it that finds its files.
  return dirname(execFileSync('readlink', ['-f', found]).toString().trim())
}

const advice = 'Install it (Debian: apt-get install postgresql) and run again.'

function install() {
  if (process.getuid?.() !== 0) throw new Error(`There is no PostgreSQL on this machine. ${advice}`)
  console.error('Installing postgresql of Debian …')
  execFileSync('apt-get', ['-q', 'update'], { stdio: 'ignore' })
  execFileSync('apt-get', ['-qy', 'install', '--no-install-recommends', 'postgresql'], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}

function identity() {
  if (process.getuid?.() !== 0) return {}
  const id = (option) => Number(execFileSync('id', [option, servant]).toString())
  return { uid: id('-u'), gid: id('-g') }
}

function isReady(bin, port) {
  try {
    execFileSync(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)])
    return true
  } catch {
    return false
  }
}
