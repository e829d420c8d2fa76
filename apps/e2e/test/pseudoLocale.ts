import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext } from 'playwright-core'

const dashboard = dirname(fileURLToPath(new URL('../../admin/package.json', import.meta.url)))

type Text = string | ((...args: unknown[]) => Text) | readonly Text[] | { [key: string]: Text }

/** Texts with accents and each word two fifths longer, as a language might have them. It runs in the page: it may use nothing of this file. */
export function pseudo(text: Text, key = ''): Text {
  const accents: Record<string, string> = {
    ...{ a: 'å', c: 'ç', e: 'é', i: 'î', n: 'ñ', o: 'ø', u: 'ü', y: 'ý', s: 'š', z: 'ž' },
    ...{ A: 'Å', C: 'Ç', E: 'É', I: 'Î', N: 'Ñ', O: 'Ø', U: 'Ü', Y: 'Ý', S: 'Š', Z: 'Ž' },
  }
  // What is plain ASCII has not been lengthened yet; figures, variables and codes are no words.
  const lengthen = (word: string): string => {
    const longer = word + word.slice(-Math.ceil(word.length * 0.4)).toLowerCase()
    return [...longer].map((letter) => accents[letter] ?? letter).join('')
  }
  const stretch = (words: string): string =>
    words.replace(/(?<![\w@./$-])[A-Za-z]{2,}(?![\w@.-]*[@/])/g, lengthen)
  if (key === 'locale') return text
  if (typeof text === 'string') return stretch(text)
  if (typeof text === 'function') return (...args) => pseudo(text(...args))
  if (Array.isArray(text)) return text.map((one) => pseudo(one as Text))
  if (typeof text !== 'object' || text === null) return text
  return Object.fromEntries(
    Object.entries(text as { [key: string]: Text }).map(([name, child]) => [name, pseudo(child, name)]),
  )
}

/** The dashboard in that language instead of Spanish, made of its English texts. */
export async function speakPseudo(context: BrowserContext): Promise<void> {
  const english = await bundleOf(join(dashboard, 'src/texts/index.ts'))
  const spanish = `import * as en from './pseudo-en.js'\n${pseudo}\nexport const es = pseudo(en)`
  const script = { contentType: 'text/javascript; charset=utf-8' }
  await context.route('**/assets/es-*.js', (route) => route.fulfill({ ...script, body: spanish }))
  await context.route('**/assets/pseudo-en.js', (route) => route.fulfill({ ...script, body: english }))
}

interface Vite {
  build(options: object): Promise<{ output: { code: string }[] }[]>
}

/** A module of the dashboard with all it needs, built by the dashboard's own tool. */
async function bundleOf(entry: string): Promise<string> {
  const { build } = (await import(createRequire(join(dashboard, 'x.js')).resolve('vite'))) as Vite
  const lib = { entry, formats: ['es'] }
  const [built] = await build({
    configFile: false,
    root: dashboard,
    logLevel: 'error',
    build: { lib, write: false, minify: false },
  })
  return built?.output[0]?.code ?? ''
}
