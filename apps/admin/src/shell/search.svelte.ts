import { createQuery, keepPreviousData } from '@tanstack/svelte-query'
import { api } from '../lib/api/api.ts'

const pauseMs = 150

/** Finds jobs, people and runs by what is typed, once whoever types pauses. `isOff`: something else is being looked for. */
export function createSearch(isOff: () => boolean = () => false) {
  let typed = $state('')
  let searched = $state('')
  $effect(() => {
    const text = typed.trim()
    const timer = setTimeout(() => (searched = text), text ? pauseMs : 0)
    return () => clearTimeout(timer)
  })
  const found = createQuery(() => ({
    queryKey: ['palette', searched],
    queryFn: () => api.search({ query: { q: searched } }),
    enabled: searched !== '' && !isOff(),
    placeholderData: keepPreviousData,
  }))
  return {
    found,
    get typed() {
      return typed
    },
    set typed(text) {
      typed = text
    },
    /** What was looked for last; empty: nothing. */
    get searched() {
      return searched
    },
  }
}
