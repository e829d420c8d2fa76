import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const folder = fileURLToPath(new URL('./', import.meta.url))
const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  skipLibCheck: true,
  types: [],
}

/** Checks sources that stand in no file, all in one program. Gives of each what the compiler says is wrong. */
export function check(sources: Record<string, string>): Record<string, string[]> {
  const texts = new Map(Object.entries(sources).map(([name, text]) => [`${folder}${name}.ts`, text]))
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.readFile = (path) => texts.get(path) ?? readFile(path)
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path)
    return text === undefined
      ? getSourceFile(path, version, ...rest)
      : ts.createSourceFile(path, text, version)
  }
  const program = ts.createProgram([...texts.keys()], options, host)
  return Object.fromEntries(
    Object.keys(sources).map((name) => {
      const file = program.getSourceFile(`${folder}${name}.ts`)
      const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      return [name, found.map((each) => wordsOf(each))]
    }),
  )
}

/** What is wrong, and of which literal. */
function wordsOf({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file?.text.slice(0, start).split('\n').at(-1) ?? ''
  const [name = ''] = line.split(' = ')
  return `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
}

const head = "import type { APIMethodReturn, TelegramUpdate } from '@gramio/types'\n"

/** Each value as a literal of its type, one in a line. */
export const sourceOf = (values: [type: string, value: unknown][]): string =>
  head +
  values
    .map(([type, value], index) => `export const r${index}: ${type} = ${JSON.stringify(value)}`)
    .join('\n')
