import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const admin = dirname(createRequire(import.meta.url).resolve('@kamihi/admin/package.json'))

/** The chat page; it looks like the dashboard because it takes its styles, icon and theme from there. */
export default defineConfig({
  root: 'page',
  publicDir: join(admin, 'public'),
  plugins: [svelte()],
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
