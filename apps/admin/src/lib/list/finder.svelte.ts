import { createQuery, keepPreviousData } from '@tanstack/svelte-query'
import { tick } from 'svelte'
import type { Choices } from './choices.ts'

interface Options {
  choices: () => Choices
  /** What is typed already. */
  typed?: string
  /** Asks the server only while the list is open. */
  onDemand?: boolean
}

/** What pickers have in common: what is typed, what the server finds by it, and the mark on the first of that. */
export function createFinder({ choices, typed = '', onDemand = false }: Options) {
  let search = $state(typed)
  let open = $state(false)
  let input = $state<HTMLInputElement | null>(null)
  const found = createQuery(() => ({
    queryKey: [choices().kind, 'choices', choices().purpose ?? '', search],
    queryFn: () => choices().find(search),
    enabled: open || !onDemand,
    placeholderData: keepPreviousData,
  }))
  $effect(() => {
    if (found.data && open) void markFirst(input)
  })
  return {
    found,
    get search() {
      return search
    },
    set search(text: string) {
      search = text
    },
    get open() {
      return open
    },
    set open(isOpen: boolean) {
      open = isOpen
    },
    get input() {
      return input
    },
    /** The element as the picker of the library gives it. */
    take(element: HTMLElement | null): void {
      input = element as HTMLInputElement | null
    },
  }
}

/**
 * What was marked went with the results of before, and the arrow keys would have nowhere to go on from: a picker marks anew when
 * something is typed, so that is what it is told.
 */
async function markFirst(input: HTMLElement | null): Promise<void> {
  await tick()
  if (input && document.activeElement === input)
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
