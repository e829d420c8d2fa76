import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const themes = ['light', 'dark'] as const
const widths = [1280, 360]

/** What axe finds on the page as it is now, as lines that tell where and why. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe)
  return page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))))`,
  )
}

/** Waits until a page shows what it has to show. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  await page.waitForFunction('!document.querySelector("[aria-busy=true], .skeleton")')
}

/** What keeps somebody from using the page as it is now: in both themes, on a wide screen and on a phone. */
export async function obstacles(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const here = await violations(page)
      found.push(...here.map((line) => `${colorScheme}, ${width} px: ${line}`))
    }
    if (await page.evaluate('document.documentElement.scrollWidth > innerWidth'))
      found.push(`${width} px: the page scrolls sideways`)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  return found
}
