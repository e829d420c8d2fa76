import { choose, preferences } from './preferences.svelte.ts'

export type Theme = 'light' | 'dark'
const systemDark = matchMedia('(prefers-color-scheme: dark)')
let systemTheme = $state<Theme>(systemDark.matches ? 'dark' : 'light')
systemDark.addEventListener('change', ({ matches }) => {
  systemTheme = matches ? 'dark' : 'light'
})

const shown = $derived(preferences.theme === 'system' ? systemTheme : preferences.theme)

/** The theme that is shown: the chosen one, or that of the system as it changes. */
export const themes = {
  get current(): Theme {
    return shown
  },
  toggle(): void {
    choose('theme', shown === 'dark' ? 'light' : 'dark')
  },
}

/** Keeps the page in the theme and the density that were chosen. */
export function followLook(): void {
  $effect(() => {
    document.documentElement.dataset.theme = shown
    document.documentElement.dataset.density = preferences.density
  })
}
