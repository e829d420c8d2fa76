import { spawn } from 'node:child_process'
import { environment, root } from './bootstrap.mjs'

/** Builds what changed of `filter` (turbo's), and names each package as its turn comes. */
export async function build(filter) {
  console.log('Building (minutes the first time, seconds when nothing changed) …')
  const args = ['run', 'build', `--filter=${filter}`, '--concurrency=2', '--output-logs=new-only']
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
