import type { Attachment } from 'svelte/attachments'
import { isTyping, shortcutsOn } from '../keyboard/shortcuts.ts'

interface RowKeys {
  /** `x` on a row. */
  onToggle: (id: string) => void
}

/** Moves through the rows of a list by key: `j` and `k`, `Enter` opens, `x` selects, `.` opens the row's menu. */
export function rowKeys({ onToggle }: RowKeys): Attachment<HTMLElement> {
  return (list) => {
    const rows = () => [...list.querySelectorAll<HTMLElement>('[data-row]')]
    const current = () => (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('[data-row]')
    const move = (by: number) => {
      const all = rows()
      const at = all.indexOf(current() as HTMLElement)
      const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]
      next?.focus()
    }
    const keys: Record<string, () => void> = {
      j: () => move(1),
      k: () => move(-1),
      x: () => onToggle(current()?.dataset.row ?? ''),
      '.': () => current()?.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.click(),
      Enter: () => {
        if (document.activeElement === current()) current()?.querySelector('a')?.click()
      },
    }
    function onkeydown(event: KeyboardEvent): void {
      const key = keys[event.key]
      if (!key || !shortcutsOn() || isTyping(event)) return
      if (event.key !== 'j' && event.key !== 'k' && !current()) return
      if (event.key !== 'Enter') event.preventDefault()
      key()
    }
    window.addEventListener('keydown', onkeydown)
    return () => window.removeEventListener('keydown', onkeydown)
  }
}
