import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './copy.ts'

const packages = readdirSync(join(root, 'packages'))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

function sources(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? sources(path) : entry.name.endsWith('.ts') ? [path] : []
  })
}

describe.each(packages)('packages/%s', (name) => {
  const manifest = JSON.parse(read(`packages/${name}/package.json`)) as {
    exports: Record<string, { types?: string } | string>
    files: string[]
    license: string
    engines: { node: string }
  }

  it('has a README with an example, and an entrance with types', () => {
    expect(read(`packages/${name}/README.md`)).toMatch(/```(ts|sh)\n/)
    expect(manifest.exports['.']).toMatchObject({ types: expect.stringMatching(/^\.\/dist\/.*\.d\.ts$/) })
    expect(manifest.files).toContain('dist')
    expect(manifest).toMatchObject({ license: 'MIT', engines: { node: '>=20.19' } })
  })
})

it('nobody reads the environment or the clock but the places for it', () => {
  const places = [
    'packages/core/src/config/',
    'packages/core/src/clock.ts',
    'packages/cli/src/project.ts',
    'packages/cli/src/output.ts',
  ]
  const readers = packages
    .flatMap((name) => sources(`packages/${name}/src`))
    .filter((file) => !places.some((place) => file.startsWith(place)))
    .filter((file) => /process\.env|Date\.now\(\)|new Date\(\)/.test(read(file)))
  expect(readers).toEqual([])
})
