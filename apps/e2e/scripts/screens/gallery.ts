import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { turn } from '../../test/axe.ts'

const root = fileURLToPath(new URL('../../../../screenshots', import.meta.url))
const looks = [
  { name: 'light', colorScheme: 'light', width: 1280 },
  { name: 'dark', colorScheme: 'dark', width: 1280 },
  { name: 'phone', colorScheme: 'light', width: 360 },
] as const

/** More than a screen, so that what is below the fold is seen too. */
const height = 1100

/** Takes what a page shows now in both themes and on a phone. */
export async function take(page: Page, state: string, name: string): Promise<void> {
  mkdirSync(join(root, state), { recursive: true })
  for (const look of looks) {
    await page.setViewportSize({ width: look.width, height })
    await turn(page, look.colorScheme)
    const path = join(root, state, `${name}.${look.name}.png`)
    await page.screenshot({ path, animations: 'disabled', timeout: 60_000 })
  }
  await page.setViewportSize({ width: 1280, height })
}

const picture = (state: string, name: string) =>
  looks.map(
    (look) =>
      `<td><a href="${state}/${name}.${look.name}.png"><img src="${state}/${name}.${look.name}.png"></a>`,
  )
const row = (state: string, name: string): string => `<tr><th>${name}${picture(state, name).join('')}`
function chapter(state: string): string {
  const ending = `.${looks[0].name}.png`
  const names = readdirSync(join(root, state)).filter((file) => file.endsWith(ending))
  const rows = names.map((file) => row(state, file.slice(0, -ending.length)))
  return `<h2 id="${state}">${state}</h2><table>${rows.join('\n')}</table>`
}

/** Writes a page that shows all pictures side by side: a state a chapter, a page a row, a look a column. */
export function writeIndex(): void {
  mkdirSync(root, { recursive: true })
  const states = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )
  const links = states.map((state) => `<a href="#${state}">${state}</a>`)
  writeFileSync(
    join(root, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{font:14px system-ui;background:#888}td{vertical-align:top;padding:4px}img{height:420px;max-width:700px;object-fit:cover;object-position:top}</style>
<nav>${links.join(' · ')}</nav>${states.map(chapter).join('\n')}`,
  )
}
