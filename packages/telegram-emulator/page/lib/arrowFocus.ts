const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }

/** In a list of buttons, the arrow keys go from one to the next, Home and End to the ends. */
export function arrowFocus(selector: string) {
  return (list: HTMLElement) => {
    const onkeydown = (event: KeyboardEvent) => {
      const items = [...list.querySelectorAll<HTMLElement>(selector)]
      const at = items.indexOf(document.activeElement as HTMLElement)
      const next = nextOf(event.key, at, items.length)
      if (at < 0 || next === null) return
      event.preventDefault()
      items[next]?.focus()
    }
    list.addEventListener('keydown', onkeydown)
    return () => list.removeEventListener('keydown', onkeydown)
  }
}

export function nextOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  return step === undefined ? null : (at + step + count) % count
}
