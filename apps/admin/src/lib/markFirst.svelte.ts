import { tick } from 'svelte'

/** The state of a picker that shows what it found. */
interface Picker {
  readonly found: unknown
  readonly open: boolean
  readonly input: HTMLElement | null
}

/** Marks the first of the results whenever a picker that is open has got some. */
export function markFirst(picker: Picker): void {
  $effect(() => {
    if (picker.found && picker.open) void mark(picker.input)
  })
}

/**
 * What was marked went with the results of before, and the arrow keys would have nowhere to go on from: a picker marks anew when
 * something is typed, so that is what it is told.
 */
async function mark(input: HTMLElement | null): Promise<void> {
  await tick()
  if (input && document.activeElement === input)
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
