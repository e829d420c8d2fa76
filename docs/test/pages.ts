import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const left = new Set(['node_modules', 'dist', '.git', '.turbo', '.changeset', 'results', 'CHANGELOG.md'])

export interface Page {
  /** Path from the root of the repository. */
  path: string
  text: string
}

export interface Block {
  page: Page
  /** Line in the page where the block's content begins, from 1. */
  line: number
  language: string
  code: string
}

/** Every Markdown page that people read. */
export function pages(folder = root): Page[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (left.has(entry.name)) return []
    if (entry.isDirectory()) return pages(path)
    return entry.name.endsWith('.md')
      ? [{ path: relative(root, path), text: readFileSync(path, 'utf8') }]
      : []
  })
}

/** Fenced blocks of code of a page. */
export function blocksOf(page: Page): Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  for (const [index, line] of page.text.split('\n').entries()) {
    const fence = /^\s*```(\w*)/.exec(line)
    if (fence && !open) open = { page, line: index + 2, language: fence[1] ?? '', code: '' }
    else if (fence && open) {
      blocks.push(open)
      open = null
    } else if (open) open.code += `${line}\n`
  }
  return blocks
}

export const nameOf = ({ page, line }: Block): string => `${page.path}:${line}`
