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
