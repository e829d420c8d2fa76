import { signOut } from '../lib/account.ts'
import { speak, t, wantedLanguage } from '../lib/i18n.svelte.ts'
import { choose } from '../lib/preferences.svelte.ts'
import { themes } from '../lib/theme.svelte.ts'
import { open } from '../router.ts'
import type { Verb } from './paletteItems.ts'

function switchLanguage(): void {
  choose('language', t.common.locale.startsWith('es') ? 'en' : 'es')
  void speak(wantedLanguage())
}

/** What the verbs of the palette do; the two others change the palette itself. */
export const verbs: Record<Exclude<Verb, 'runJob' | 'keys'>, () => void> = {
  newJob: () => open('/jobs/new'),
  newUser: () => open('/users/new'),
  newRole: () => open('/roles/new'),
  newPermission: () => open('/permissions/new'),
  theme: () => themes.toggle(),
  language: switchLanguage,
  signOut: () => void signOut(),
}
