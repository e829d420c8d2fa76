// npm run create -- ../my-bot: makes a bot whose Kamihi comes from this clone, packed as it would be published.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { bootstrap, root } from './bootstrap.mjs'
import { build } from './build.mjs'
import { vendorKamihi } from './vendor.mjs'

// Paths are from the root, where npm starts scripts wherever it was called.
const args = process.argv.slice(2)

bootstrap()
await build('create-kamihi...')
const creator = join(root, 'packages/create-kamihi/bin/create-kamihi.js')
const { status } = spawnSync(process.execPath, [creator, ...args], { cwd: root, stdio: 'inherit' })
if (status === 0) vendorKamihi(resolve(root, args[0]))
process.exitCode = status ?? 1
