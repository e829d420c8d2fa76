import { type Asked, createKeyReader } from '../lib/shortcutKeys.ts'
import { isTyping, shortcutsOn } from '../lib/shortcuts.ts'
import { open } from '../router.ts'
import type { Place } from './places.ts'

interface Keys {
  places: () => Place[]
  onPalette: () => void
  onHelp: () => void
}

/** Clicks or focuses the first of a page that is marked for a key; false: there is none. */
function use(selector: string, act: (element: HTMLElement) => void): boolean {
  const element = document.querySelector<HTMLElement>(selector)
  if (element) act(element)
  return element !== null
}
const click = (element: HTMLElement) => element.click()
const focus = (element: HTMLElement) => element.focus()
const firstField = 'main form :is(input, select, textarea):not([type="search"], :disabled)'

function go(letter: string, places: Place[]): boolean {
  const place = places.find(({ key }) => key === letter)
  if (!place) return false
  if (place.external) window.open(place.href, '_blank', 'noopener')
  else open(place.href)
  return true
}

/** Keys that work on every page. Gives what takes them away again. */
export function followKeys({ places, onPalette, onHelp }: Keys): () => void {
  const read = createKeyReader()
  const acts: Record<Exclude<Asked['kind'], 'go'>, () => boolean> = {
    help: () => {
      onHelp()
      return true
    },
    search: () => use('main [data-search]', focus),
    new: () => use('main [data-new]', click),
    edit: () => use('main [data-edit]', click) || use(firstField, focus),
    run: () => use('main [data-run]', click),
  }
  function onkeydown(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      return onPalette()
    }
    if (event.key === 'Shift' || !shortcutsOn() || isTyping(event)) return
    const asked = read(event.key, event.timeStamp)
    if (!asked) return
    const done = asked.kind === 'go' ? go(asked.letter, places()) : acts[asked.kind]()
    if (done) event.preventDefault()
  }
  window.addEventListener('keydown', onkeydown)
  return () => window.removeEventListener('keydown', onkeydown)
}
