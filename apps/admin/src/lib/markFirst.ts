import { tick } from 'svelte'

/**
 * Marks the first of the results that a picker has just got. What was marked went with those of before, and the arrow keys would have
 * nowhere to go on from: the picker marks anew when something is typed, so that is what it is told.
 */
export async function markFirst(input: HTMLElement | null): Promise<void> {
  await tick()
  if (input && document.activeElement === input)
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
