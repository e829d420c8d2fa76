import { bootstrap, run } from './bootstrap.mjs'

bootstrap()
process.exit(run('turbo', ['run', ...process.argv.slice(2), '--concurrency=2']))
