// npm start: installs, builds and runs the example bot.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { bootstrap, environment, root } from './bootstrap.mjs'

bootstrap()
await build()
runBot()

/** Builds what changed, and names each package as its turn comes. */
async function build() {
  console.log('Building (a few seconds when nothing changed) …')
  const args = [
    'run',
    'build',
    '--filter=@kamihi/example-bot...',
    '--concurrency=2',
    '--output-logs=new-only',
  ]
  const turbo = spawn('turbo', args, { cwd: root, env: environment(), shell: process.platform === 'win32' })
  const named = new Set()
  let output = ''
  const read = (data) => {
    output += data
    for (const [, name] of String(data).matchAll(/^(\S+):build: cache miss/gm)) {
      if (!named.has(name)) console.log(`  ${name}`)
      named.add(name)
    }
  }
  turbo.stdout.on('data', read)
  turbo.stderr.on('data', read)
  const code = await new Promise((resolve) => {
    turbo.on('error', (error) => {
      output += error.message
      resolve(1)
    })
    turbo.on('close', resolve)
  })
  if (code === 0) return
  console.error(output)
  console.error('The build failed. The lines above tell why.')
  process.exit(1)
}

function runBot() {
  const bot = spawn(
    process.execPath,
    [join(root, 'packages/cli/bin/kamihi.js'), 'run', ...process.argv.slice(2)],
    {
      cwd: join(root, 'apps/example-bot'),
      stdio: 'inherit',
    },
  )
  // A terminal sends Ctrl+C to both; a supervisor only to this one.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bot.kill(signal))
  bot.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}
