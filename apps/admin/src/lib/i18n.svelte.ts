import { en, type Texts } from '../texts/en/index.ts'
import { preferences } from './preferences.svelte.ts'

type Language = 'en' | 'es'
/** Beside English, a language is loaded when it is asked for. */
const load: Record<Language, () => Promise<Texts>> = {
  en: async () => en,
  es: async () => (await import('../texts/es/index.ts')).es,
}

let current = $state.raw<Texts>(en)
let spoken = $state<Language>('en')

/** The language of the texts that are shown. */
export const language = (): Language => spoken

/** Every text of the dashboard in the language that was chosen: `{t.jobs.title}`. */
export const t: Texts = new Proxy(en, { get: (_, section) => current[section as keyof Texts] })

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
  spoken = wanted
  document.documentElement.lang = wanted
}
