import { preferences } from '../display/preferences.svelte.ts'

/** Single keys can be switched off: they disturb speech input (WCAG 2.1.4). */
export const shortcutsOn = (): boolean => preferences.shortcuts === 'on'

/** True while a key belongs to what is being typed or to the browser, not to the dashboard. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  const target = event.target as HTMLElement | null
  if (!target) return false
  return (
    target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    target.closest('dialog, [role="menu"], [role="listbox"]') !== null
  )
}
