import type { Page } from 'playwright-core'

/** Attributes that people read or hear. */
const spoken = ['aria-label', 'title', 'placeholder', 'alt']

/** Every text that stands on a page or is told of it, each as a whole; what is code is no language. */
export const textsIn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode())
      if (!walker.currentNode.parentElement.closest('script, style, pre, code, kbd, .mono'))
        found.push(walker.currentNode.data.trim())
    for (const name of ${JSON.stringify(spoken)})
      for (const element of document.querySelectorAll('[' + name + ']')) found.push(element.getAttribute(name).trim())
    return [...new Set([document.title, ...found])].filter(Boolean)
  })()`)

/** Texts of buttons, tabs and the like that do not fit into them, or are hidden by what is around them. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const slack = 1.5
    const isOutside = (inner, outer, sides) => sides.some((side) =>
      side === 'right' || side === 'bottom' ? inner[side] > outer[side] + slack : inner[side] < outer[side] - slack)
    const clipper = (element) => {
      const { overflowX, position } = getComputedStyle(element)
      return position === 'fixed' || overflowX === 'auto' || overflowX === 'scroll' ? 'end' : overflowX === 'hidden' || overflowX === 'clip' ? 'clips' : null
    }
    const isCut = (button, rect) => {
      if (isOutside(rect, button.getBoundingClientRect(), ['left', 'right', 'top', 'bottom'])) return true
      for (let around = button; around; around = around.parentElement) {
        const kind = clipper(around)
        if (kind === 'end') return false
        if (kind === 'clips' && isOutside(rect, around.getBoundingClientRect(), ['left', 'right'])) return true
      }
      return false
    }
    const found = []
    for (const button of document.querySelectorAll('button, a.button, summary, [role=tab], [role=menuitem], nav a')) {
      if (!button.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        if (!walker.currentNode.data.trim() || walker.currentNode.parentElement.closest('.visually-hidden, .word')) continue
        const range = document.createRange()
        range.selectNodeContents(walker.currentNode)
        if ([...range.getClientRects()].some((rect) => rect.width > 1 && isCut(button, rect))) found.push(walker.currentNode.data.trim())
      }
    }
    return found
  })()`)

/** What makes a page scroll sideways: the innermost elements that stand out of it. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return []
    const scrolls = (element) => { for (let at = element.parentElement; at; at = at.parentElement) if (getComputedStyle(at).overflowX !== 'visible') return true }
    const out = [...document.querySelectorAll('main *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element))
    return out.filter((element) => !out.some((other) => other !== element && element.contains(other))).slice(0, 5).map((element) => element.outerHTML.slice(0, 120))
  })()`)
