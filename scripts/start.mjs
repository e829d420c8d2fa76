// npm start: installs, builds and runs the example bot.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { bootstrap, root } from './bootstrap.mjs'
import { build } from './build.mjs'

bootstrap()
await build('@kamihi/example-bot...')
runBot()

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
