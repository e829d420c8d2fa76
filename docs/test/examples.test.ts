import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadConfig } from '@kamihi/core'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { kamihi } from '../../packages/cli/test/cli.ts'
import { type Block, blocksOf, nameOf, pages, root } from './pages.ts'

const blocks = pages().flatMap(blocksOf)
const inLanguage = (language: string) =>
  blocks.filter((block) => block.language === language).map((block) => [nameOf(block), block] as const)
const project = () => mkdtempSync(join(tmpdir(), 'kamihi-docs-'))
/** Runs a command line in a project. */
const run = (cwd: string, line: string) => kamihi(cwd, line.split(/\s+/).slice(1))

/** `actions/dice.ts` of a block that begins with `// actions/dice.ts`. */
const fileOf = ({ code }: Block): string | null => /^(?:\/\/|#) (\S+\.\w+)\n/.exec(code)?.[1] ?? null

describe('examples in TypeScript', () => {
  it('have no type errors', { timeout: 240_000 }, () => {
    expect(typeErrors(inLanguage('ts').map(([, block]) => block))).toEqual([])
  })

  it('that are actions are loaded as they stand', async () => {
    const cwd = project()
    const actions = inLanguage('ts').flatMap(([, block]) => {
      const file = fileOf(block)
      return file?.startsWith('actions/') ? [{ file, block }] : []
    })
    expect(actions.length).toBeGreaterThan(2)
    for (const { file, block } of actions) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true })
      writeFileSync(join(cwd, file), block.code)
    }
    const listed = JSON.parse((await run(cwd, 'kamihi action list --json')).stdout) as {
      name: string
      state: string
    }[]
    expect(listed.map(({ name, state }) => `actions/${name}.ts ${state}`).sort()).toEqual(
      actions.map(({ file }) => `${file} loaded`).sort(),
    )
  })
})

describe('examples of settings', () => {
  it.each(inLanguage('yaml'))('%s is accepted', async (_, { code }) => {
    const cwd = project()
    writeFileSync(join(cwd, 'kamihi.yaml'), code)
    await expect(loadConfig({ cwd, env: {} })).resolves.toBeDefined()
  })

  it.each(inLanguage('env'))('%s is accepted', async (_, { code }) => {
    const cwd = project()
    writeFileSync(join(cwd, '.env'), code)
    await expect(loadConfig({ cwd, env: {} })).resolves.toBeDefined()
  })

  it('that switch jobs on do so', async () => {
    const guide = blocks.filter(({ page }) => page.path === 'docs/guides/scheduling.md')
    for (const [language, file] of [
      ['yaml', 'kamihi.yaml'],
      ['env', '.env'],
    ] as const) {
      const cwd = project()
      expect((await loadConfig({ cwd, env: {} })).config.jobs.enabled).toBe(false)
      writeFileSync(join(cwd, file), guide.find((block) => block.language === language)?.code ?? '')
      expect((await loadConfig({ cwd, env: {} })).config.jobs.enabled).toBe(true)
    }
  })
})

it.each(inLanguage('json'))('the JSON of %s can be read', (_, { code }) => {
  expect(() => JSON.parse(code)).not.toThrow()
})

describe('commands in a page', () => {
  const pagesWithCommands = pages().filter((page) => blocksOf(page).some(({ language }) => language === 'sh'))
  it.each(pagesWithCommands.map((page) => [page.path, page] as const))(
    '%s work, in their order',
    async (_, page) => {
      const cwd = project()
      mkdirSync(join(cwd, 'actions'))
      writeFileSync(
        join(cwd, 'actions/weather.ts'),
        `import { defineAction } from 'kamihi'\nexport default defineAction({ run: () => 'sunny' })\n`,
      )
      // A run of the bot would have told the database about the action.
      expect((await run(cwd, 'kamihi action list')).code).toBe(0)
      const lines = blocksOf(page)
        .filter(({ language }) => language === 'sh')
        .flatMap(({ code }) => code.split('\n'))
        .filter((line) => line.startsWith('kamihi ') && line !== 'kamihi run')
      for (const line of lines)
        expect({ line, ...(await run(cwd, line)) }).toMatchObject({ line, stderr: '', code: 0 })
    },
  )
})

function typeErrors(examples: Block[]): string[] {
  const base = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile).config as object
  const { options } = ts.parseJsonConfigFileContent(base, ts.sys, root)
  const files = new Map(
    examples.map((block, index) => [join(root, 'docs/test', `example${index}.ts`), block] as const),
  )
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists, getSourceFile } = host
  host.fileExists = (file) => files.has(file) || fileExists(file)
  host.readFile = (file) => files.get(file)?.code ?? readFile(file)
  host.getSourceFile = (file, version) => {
    const block = files.get(file)
    return block
      ? ts.createSourceFile(file, `${block.code}export {}\n`, version)
      : getSourceFile(file, version)
  }
  const program = ts.createProgram([...files.keys()], { ...options, types: ['node'] }, host)
  return ts.getPreEmitDiagnostics(program).flatMap(({ file, start = 0, messageText }) => {
    const block = file && files.get(file.fileName)
    if (!file || !block) return []
    const line = block.line + file.getLineAndCharacterOfPosition(start).line
    return [`${block.page.path}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`]
  })
}
