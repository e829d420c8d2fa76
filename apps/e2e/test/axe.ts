import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/**
 * A theme changes colours only, and a width the layout only: everything is looked at in each of them, colours in each pair.
 * From one look to the next only one of them changes: each change makes the browser draw everything anew.
 */
const looks = [
  { colorScheme: 'light', width: 1280, rules: everything },
  { colorScheme: 'light', width: 360, rules: ['color-contrast'] },
  { colorScheme: 'dark', width: 360, rules: everything },
  { colorScheme: 'dark', width: 1280, rules: ['color-contrast'] },
] as const

/** What axe finds on the page as it is now, as lines that tell where and why. */
async function violations(page: Page, rules: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe)
  return page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'], preload: false }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))))`,
  )
}

/** Waits until a page shows what it has to show. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  const waiting = () => page.locator('[aria-busy=true], .skeleton').count()
  await expect.poll(waiting, { message: `${page.url()} still waits` }).toBe(0)
}

/**
 * Shows the page in a theme, and waits until it has got there: the page hears of it a moment later, and then a frame is drawn.
 * It must not be hidden meanwhile: what is shown again keeps the colours of before now and then.
 */
export async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.locator(`html[data-theme=${colorScheme}]`).waitFor({ state: 'attached' })
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
}

/**
 * What keeps somebody from using the page as it is now: in both themes, on a wide screen and on a phone.
 * It begins with the theme that is there, and leaves the wide screen in the other.
 */
export async function obstacles(page: Page): Promise<string[]> {
  const found: string[] = []
  const isDark = (await page.getAttribute('html', 'data-theme')) === 'dark'
  for (const { colorScheme, width, rules } of isDark ? looks.toReversed() : looks) {
    await page.setViewportSize({ width, height: 800 })
    await turn(page, colorScheme)
    const here = await violations(page, rules)
    if (await page.evaluate('document.documentElement.scrollWidth > innerWidth'))
      here.push('the page scrolls sideways')
    found.push(...here.map((line) => `${colorScheme}, ${width} px: ${line}`))
  }
  return found
}
