import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { vendorKamihi } from '../../../scripts/vendor.mjs'

const executable = fileURLToPath(new URL('../bin/create-kamihi.js', import.meta.url))

interface Manifest {
  name: string
  dependencies: Record<string, string>
}

const packed = (file: string): Manifest =>
  JSON.parse(execFileSync('tar', ['-xOzf', file, 'package/package.json'], { encoding: 'utf8' })) as Manifest

it('a project made from a clone brings every package of Kamihi with it, so that npm asks no registry for one', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'create-kamihi-'))
  expect(spawnSync(process.execPath, [executable, 'my-bot'], { cwd }).status).toBe(0)
  const project = join(cwd, 'my-bot')
  vendorKamihi(project)

  const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Manifest
  const tarballs = readdirSync(join(project, 'vendor')).map((name) => {
    const manifest = packed(join(project, 'vendor', name))
    expect(dependencies[manifest.name]).toBe(`file:vendor/${name}`)
    return manifest
  })
  expect(tarballs.map(({ name }) => name)).toContain('kamihi')
  const needed = tarballs.flatMap((manifest) => Object.keys(manifest.dependencies ?? {}))
  expect(needed.filter((name) => name.startsWith('@kamihi/') && !dependencies[name])).toEqual([])
}, 60_000)
