import { api } from '../lib/api/api.ts'
import { createWork } from '../lib/api/busy.svelte.ts'
import { speak, wantedLanguage } from '../lib/display/i18n.svelte.ts'
import { choose } from '../lib/display/preferences.svelte.ts'
import { themes } from '../lib/display/theme.svelte.ts'
import { toast } from '../lib/display/toasts.svelte.ts'
import { signOut } from '../lib/session/account.ts'
import { open } from '../router.ts'
import * as t from '../texts/index.ts'
import type { Verb } from './paletteItems.ts'

function switchLanguage(): void {
  choose('language', t.common.locale.startsWith('es') ? 'en' : 'es')
  void speak(wantedLanguage())
}

const work = createWork()
/** What shows the scheduler is told by the server's event. */
const resumeScheduler = () =>
  work.run(async () => {
    await api.resumeScheduler()
    toast.success(t.palette.schedulerResumed)
  })

/** What the verbs of the palette do; the two others change the palette itself. */
export const verbs: Record<Exclude<Verb, 'runJob' | 'keys'>, () => void> = {
  newJob: () => open('/jobs/new'),
  newUser: () => open('/users/new'),
  newRole: () => open('/roles/new'),
  newPermission: () => open('/permissions/new'),
  // Why it is paused is asked there.
  pauseScheduler: () => open('/status?pause=1'),
  resumeScheduler: () => void resumeScheduler(),
  theme: () => themes.toggle(),
  language: switchLanguage,
  signOut: () => void signOut(),
}
