import { type Asked, createKeyReader, type Mark, marks } from '../lib/keyboard/shortcutKeys.ts'
import { isTyping, shortcutsOn } from '../lib/keyboard/shortcuts.ts'
import { open } from '../router.ts'
import type { Place } from './places.ts'

interface Keys {
  places: () => Place[]
  onPalette: () => void
  onHelp: () => void
}

/** Clicks or focuses the first of a page that is marked for a key; false: there is none. */
function use(selector: string, act: (element: HTMLElement) => void, within: ParentNode = document): boolean {
  const element = within.querySelector<HTMLElement>(selector)
  if (element) act(element)
  return element !== null
}
/** Does to the row that has the focus what a key asks for, and elsewhere to what the page is about: never to any row that comes first. */
function clickMarked(mark: Mark): boolean {
  const row = document.activeElement?.closest('[data-row]')
  return row ? use(`[${mark}]`, click, row) : use(`main [${mark}]:not([data-row] *)`, click)
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
    search: () => use(`main [${marks.search}]`, focus),
    new: () => use(`main [${marks.new}]`, click),
    edit: () => clickMarked(marks.edit) || use(firstField, focus),
    run: () => clickMarked(marks.run),
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
