import './styles/tokens.css'
import './styles/base.css'
import './styles/tones.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { speak, wantedLanguage } from './lib/display/i18n.svelte.ts'
import { preload } from './router.ts'
import { addressNow } from './shell/oldAddresses.ts'

const moved = addressNow(location.pathname)
if (moved) history.replaceState(null, '', moved + location.search)
// The page comes while it is asked who is there; that it did not come is told when it is opened.
preload(location.pathname as '/').catch(() => {})
await speak(wantedLanguage())
mount(App, { target: document.getElementById('app') as HTMLElement })
