import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, root } from './copy.ts'

/** Two packages as they should be, and libraries that they could import. */
const sound = {
  'tsconfig.base.json': '{ "compilerOptions": { "module": "NodeNext", "allowImportingTsExtensions": true } }',
  'packages/contracts/src/index.ts': 'export const shape = 1\n',
  'packages/store/src/index.ts':
    "import { shape } from '../node_modules/@kamihi/contracts/index.js'\nexport const store = shape\n",
  'packages/store/node_modules/@kamihi/contracts/index.js': 'export const shape = 1\n',
  'apps/admin/src/main.ts': 'export {}\n',
  ...Object.fromEntries(
    ['telegraf', 'croner', 'fastify', 'drizzle-orm', 'better-sqlite3', 'cosmiconfig'].flatMap((name) => [
      [`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }`],
      [`node_modules/${name}/index.js`, 'module.exports = {}\n'],
    ]),
  ),
}

function check(files: Record<string, string>) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      join(root, 'dependency-cruiser.config.cjs'),
      'packages',
      'apps',
    ],
    { cwd: folderWith({ ...sound, ...files }), encoding: 'utf8' },
  )
  return { status, broken: [...new Set(stdout.match(/(?<=error )[\w-]+(?=:)/g))] }
}

describe('the check of boundaries', () => {
  it('accepts what keeps to them', () => {
    expect(check({})).toEqual({ status: 0, broken: [] })
  })

  it.each([
    [
      'an import from above',
      'packages/contracts/src/bad.ts',
      '../../store/src/index.ts',
      'contracts-imports-nothing-above-it',
    ],
    [
      'a path into another package',
      'packages/core/src/bad.ts',
      '../../store/src/index.ts',
      'no-path-into-another-package',
    ],
    [
      'the store in the dashboard',
      'apps/admin/src/bad.ts',
      '../../../packages/store/src/index.ts',
      'dashboard-knows-contracts-only',
    ],
    [
      'the core in the emulator',
      'packages/telegram-emulator/src/bad.ts',
      '../../contracts/src/index.ts',
      'emulator-stands-alone',
    ],
    ['telegraf in the jobs', 'packages/jobs/src/bad.ts', 'telegraf', 'telegraf-only-in-its-place'],
    ['croner in the core', 'packages/core/src/bad.ts', 'croner', 'croner-only-in-its-place'],
    ['fastify in the store', 'packages/store/src/bad.ts', 'fastify', 'fastify-only-in-its-place'],
    ['drizzle in the jobs', 'packages/jobs/src/bad.ts', 'drizzle-orm', 'drizzle-orm-only-in-its-place'],
    [
      'better-sqlite3 in the CLI',
      'packages/cli/src/bad.ts',
      'better-sqlite3',
      'better-sqlite3-only-in-its-place',
    ],
    ['cosmiconfig in the CLI', 'packages/cli/src/bad.ts', 'cosmiconfig', 'cosmiconfig-only-in-its-place'],
  ])('fails on %s', (_, file, imported, rule) => {
    const { status, broken } = check({ [file]: `import '${imported}'\n` })
    expect(broken).toContain(rule)
    expect(status).not.toBe(0)
  })

  it('fails on a cycle', () => {
    const files = {
      'packages/store/src/a.ts': "import { b } from './b.ts'\nexport const a = b\n",
      'packages/store/src/b.ts': "import { a } from './a.ts'\nexport const b = a\n",
    }
    expect(check(files)).toMatchObject({ broken: ['no-cycles'] })
  })
})
