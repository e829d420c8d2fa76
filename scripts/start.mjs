// npm start: installs, builds and runs the example bot.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bootstrap, environment, root } from './bootstrap.mjs'

bootstrap()
build()
runBot()

function build() {
  console.log('Building (a few seconds when nothing changed) …')
  const args = [
    'run',
    'build',
    '--filter=@kamihi/example-bot...',
    '--concurrency=2',
    '--output-logs=errors-only',
  ]
  const result = spawnSync('turbo', args, {
    cwd: root,
    env: environment(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (result.status === 0) return
  console.error(result.stdout ?? '', result.stderr ?? '', result.error?.message ?? '')
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
