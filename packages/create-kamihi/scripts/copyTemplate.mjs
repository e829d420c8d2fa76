// Makes dist/template from apps/example-bot: its files, with real versions where the workspace has none.
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const source = here('../../../apps/example-bot')
const target = here('../dist/template')
const left = new Set(['node_modules', 'results', '.turbo', '.env', 'dist'])

rmSync(target, { recursive: true, force: true })
cpSync(source, target, {
  recursive: true,
  filter: (path) => !left.has(basename(path)) && !basename(path).startsWith('kamihi.db'),
})
renameSync(join(target, '.gitignore'), join(target, 'gitignore'))

const { catalog } = load(readFileSync(here('../../../pnpm-workspace.yaml'), 'utf8'))
const { version } = JSON.parse(readFileSync(here('../package.json'), 'utf8'))
const manifest = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
const { description, ...rest } = manifest
for (const group of ['dependencies', 'devDependencies'])
  for (const [name, range] of Object.entries(rest[group]))
    rest[group][name] = range === 'catalog:' ? catalog[name] : `^${version}`
writeFileSync(join(target, 'package.json'), `${JSON.stringify(rest, null, 2)}\n`)
