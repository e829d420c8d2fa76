import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const cache = fileURLToPath(new URL('../../node_modules/.cache/bundles/', import.meta.url))

/**
 * One file of JavaScript for a process of its own: Node 20 takes no types away by itself, and hundreds of files one by one take seconds at each start.
 * Packages of others stay outside and are loaded as they are installed; what lies beside a source file is still found there.
 * @param entry a TypeScript file of this repository
 * @returns path of the file
 */
export async function bundle(entry: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['kamihi-source'],
    plugins: [ownPlace, othersOutside],
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  const file = `${cache}${createHash('sha256').update(code).digest('hex')}.mjs`
  mkdirSync(cache, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, code)
  renameSync(`${file}.${process.pid}`, file)
  return file
}

/** `import.meta.url` says where the source is. */
const ownPlace: Plugin = {
  name: 'own-place',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const url = JSON.stringify(pathToFileURL(path).href)
      return { contents: source.replaceAll('import.meta.url', url), loader: 'ts' }
    })
  },
}

const othersOutside: Plugin = {
  name: 'others-outside',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, importer, kind, resolveDir }) => {
      if (pluginData === 'asked' || /^(@kamihi\/|node:)/.test(path)) return
      const found = await resolve(path, { importer, kind, resolveDir, pluginData: 'asked' })
      return found.external ? found : { path: pathToFileURL(found.path).href, external: true }
    })
  },
}
