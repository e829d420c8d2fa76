import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

type Shape = [tag: string, attributes: Record<string, string>]

const isIcon = /\/@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/
const data = /const iconData = (\{.*\});/

/**
 * Draws the icons while the dashboard is built. The library builds each from data in the browser, element by element: in a list, with two
 * icons a row, that took more than half of the time of a row.
 */
export function staticIcons(): Plugin {
  return {
    name: 'kamihi:static-icons',
    enforce: 'pre',
    load(id) {
      if (!isIcon.test(id)) return null
      const [, json] = data.exec(readFileSync(id, 'utf8')) ?? []
      if (!json) return this.error(`${id} is not written as an icon was: adapt apps/admin/build/icons.ts.`)
      return componentOf((JSON.parse(json) as { node: Shape[] }).node)
    },
  }
}

const componentOf = (shapes: Shape[]): string => `
<script>let { size = 24, strokeWidth = 2 } = $props()</script>
<svg xmlns="http://www.w3.org/2000/svg" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
  stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes.map(drawn).join('')}</svg>
`

const drawn = ([tag, attributes]: Shape): string =>
  `<${tag} ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ')} />`
