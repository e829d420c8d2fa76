import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Kept from run to run: the compiler takes longer to load than all the files take to be compiled. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/types-taken-away/', import.meta.url))

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context)
  const source = await readFile(fileURLToPath(url), 'utf8')
  const file = `${cache}${createHash('sha256').update(source).digest('hex')}.js`
  const compiled = await readFile(file, 'utf8').catch(() => compile(source, file))
  return { format: 'module', source: compiled, shortCircuit: true }
}

async function compile(source, file) {
  const { default: ts } = await import('typescript')
  const { ScriptTarget, ModuleKind } = ts
  const compilerOptions = {
    target: ScriptTarget.ES2023,
    module: ModuleKind.ESNext,
    verbatimModuleSyntax: true,
  }
  const { outputText } = ts.transpileModule(source, { compilerOptions })
  await mkdir(cache, { recursive: true })
  await writeFile(`${file}.${process.pid}`, outputText)
  await rename(`${file}.${process.pid}`, file)
  return outputText
}
