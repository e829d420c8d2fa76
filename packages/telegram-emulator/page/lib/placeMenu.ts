const gap = 4

/** Puts a menu below its button, or above where there is more room, and inside the window. */
export function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const below = innerHeight - at.bottom
  const top = below < height + 2 * gap && at.top > below ? at.top - gap - height : at.bottom + gap
  const fromRight = at.left + at.width / 2 > innerWidth / 2
  const left = fromRight ? at.right - width : at.left
  menu.style.top = `${Math.max(gap, Math.min(top, innerHeight - height - gap))}px`
  menu.style.left = `${Math.max(gap, Math.min(left, innerWidth - width - gap))}px`
}
