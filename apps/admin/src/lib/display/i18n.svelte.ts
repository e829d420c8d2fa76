import type { Texts } from '../../texts/index.ts'
import { spokenBy } from '../../texts/spoken.ts'
import { preferences } from './preferences.svelte.ts'

type Language = 'en' | 'es'
/** Beside English, a language is loaded when it is asked for. */
const load: Record<Language, () => Promise<Partial<Texts>>> = {
  en: async () => ({}),
  es: async () => (await import('../../texts/es/index.ts')).es,
}

let current = $state.raw<Partial<Texts>>({})
let wording = $state<Language>('en')
spokenBy(() => current)

/** The language of the texts that are shown. */
export const language = (): Language => wording

/** The language that is asked for: the chosen one, else that of the browser where there is one of it. */
export function wantedLanguage(): Language {
  if (preferences.language !== 'system') return preferences.language
  return navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en'
}

/** Shows the texts of a language from now on; those of before when they cannot be loaded. */
export async function speak(wanted: Language): Promise<void> {
  const texts = await load[wanted]().catch(() => null)
  if (!texts) return
  current = texts
  wording = wanted
  document.documentElement.lang = wanted
}
