import '@kamihi/admin/tokens.css'
import '@kamihi/admin/base.css'
import { mount } from 'svelte'
import App from './App.svelte'

mount(App, { target: document.getElementById('app') as HTMLElement })
