// The peers that Kamihi is measured next to, installed at the first run into `bench/.peers`, which git ignores.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The newest that run on Node 20. */
const pinned = {
  '@grammyjs/auto-retry': '2.0.2',
  '@grammyjs/transformer-throttler': '1.2.1',
  bullmq: '6.7.0',
  'cron-parser': '5.10.6',
  croner: '11.0.1',
  'graphile-worker': '0.17.3',
  grammy: '1.46.0',
  ioredis: '6.0.0',
  'node-cron': '4.6.0',
  pg: '8.23.1',
}

export const peersFolder = fileURLToPath(new URL('../.peers/', import.meta.url))

/** Installs what is not there yet; gives a `require` of the peers. */
export function peers() {
  const manifest = `${peersFolder}package.json`
  const wanted = JSON.stringify({ private: true, dependencies: pinned }, null, 2)
  const isThere =
    existsSync(`${peersFolder}node_modules/.package-lock.json`) && readFileSync(manifest, 'utf8') === wanted
  if (!isThere) {
    console.error(`Installing the peers into ${peersFolder} …`)
    mkdirSync(peersFolder, { recursive: true })
    writeFileSync(manifest, wanted)
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
    execFileSync('npm', ['install', ...options], { cwd: peersFolder, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  return createRequire(manifest)
}

/** Versions of peers by their names, for `printVersions`. */
export const peerVersions = (...names) => Object.fromEntries(names.map((name) => [name, pinned[name]]))
