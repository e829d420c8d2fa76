import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, root } from './bootstrap.mjs'

/** Packs `kamihi` and what it needs of this repository into `vendor` of a project, and makes the project depend on that. */
export function vendorKamihi(project) {
  const folder = join(project, 'vendor')
  mkdirSync(folder)
  pack(folder)
  dependOn(project, readdirSync(folder))
}

function pack(folder) {
  const { status, stdout, stderr } = spawnSync(
    'pnpm',
    ['--recursive', '--filter=kamihi...', 'pack', '--pack-destination', folder],
    { cwd: root, env: environment(), encoding: 'utf8', shell: process.platform === 'win32' },
  )
  if (status !== 0) throw new Error(`Packing failed:\n${stdout}${stderr}`)
}

/** Every package is named, so that npm asks no registry for one of them. */
function dependOn(project, files) {
  const file = join(project, 'package.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  const packed = files.map((name) => [packageOf(name), `file:vendor/${name}`])
  manifest.dependencies = { ...manifest.dependencies, ...Object.fromEntries(packed) }
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`)
}

/** `kamihi-core-0.1.0.tgz` holds `@kamihi/core`, `kamihi-0.1.0.tgz` holds `kamihi`. */
function packageOf(file) {
  const [, part] = /^kamihi(?:-([a-z-]+))?-\d/.exec(file)
  return part ? `@kamihi/${part}` : 'kamihi'
}
