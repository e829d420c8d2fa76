// Everything that has to be there before the tools of this repository can run: Node, packages, paths.
// Written so that an old Node can still parse it and say what is missing.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const stampFile = join(root, 'node_modules/.installed')
const windows = process.platform === 'win32'

/** Installs what is missing; takes no time when nothing changed since the last time. */
export function bootstrap() {
  checkNode()
  if (!isInstalled()) install()
}

/** Runs a tool of this repository, e.g. `turbo`; gives its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    env: environment(),
    ...options,
  })
  if (result.error) throw result.error
  return result.status ?? 1
}

/** Tools come from node_modules; nothing calls home. */
export function environment() {
  const env = {
    ...process.env,
    PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
  }
  const nodedir = process.env.npm_config_nodedir ?? localHeaders()
  if (nodedir) env.npm_config_nodedir = nodedir
  return env
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(
    `Kamihi needs Node 20.19 or newer; this is Node ${process.versions.node}. Get a current one at https://nodejs.org.`,
  )
  process.exit(1)
}

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()
}

function install() {
  console.log('Installing packages (once, some minutes where SQLite has to be compiled) …')
  const pin = manifest.packageManager
  const code = run('npm', ['exec', '--yes', `--package=${pin}`, '--', 'pnpm', 'install', '--frozen-lockfile'])
  if (code !== 0) {
    console.error(`Installing the packages failed (exit code ${code}). The lines above tell why.`)
    process.exit(1)
  }
  writeFileSync(stampFile, stamp())
}

/** Changes with whatever an install depends on. */
function stamp() {
  const hash = createHash('sha256').update([process.versions.modules, process.platform, process.arch].join())
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...memberManifests()]) {
    hash.update(file).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/** The package.json of every member of the workspace, relative to the root. */
export function memberManifests() {
  const folders = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  )
  return [...folders, 'docs']
    .map((folder) => `${folder}/package.json`)
    .filter((file) => existsSync(join(root, file)))
}

/** Headers of this very Node, so that a native package compiles without a download. */
function localHeaders() {
  const prefix = dirname(dirname(process.execPath))
  const header = join(prefix, 'include/node/node_version.h')
  if (!existsSync(header)) return undefined
  const text = readFileSync(header, 'utf8')
  const part = (name) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1]
  return `${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}` === process.versions.node ? prefix : undefined
}
