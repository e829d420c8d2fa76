import { SvelteMap } from 'svelte/reactivity'
import type { Poll } from '../../src/shapes/media.ts'

const storageKey = 'kamihi.votes'

/** What each person has chosen in a poll, as far as this page has seen it: a poll itself tells only counts. */
export function createVotes() {
  const votes = new SvelteMap<string, number[]>(remembered())
  const key = (personId: number, poll: Poll) => `${personId}:${poll.id}`
  const remember = () => sessionStorage.setItem(storageKey, JSON.stringify([...votes]))
  return {
    of: (personId: number, poll: Poll): number[] | null => votes.get(key(personId, poll)) ?? null,
    set(personId: number, poll: Poll, options: number[]): void {
      if (options.length > 0) votes.set(key(personId, poll), options)
      else votes.delete(key(personId, poll))
      remember()
    },
    clear(): void {
      votes.clear()
      remember()
    },
  }
}

function remembered(): [string, number[]][] {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')
  } catch {
    return []
  }
}
