import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { staticIcons } from './build/icons.ts'
import { keepSchemasOutOfFirstLoad, leanApi, leanContracts } from './build/lean.ts'

export default defineConfig({
  plugins: [staticIcons(), leanApi(), leanContracts(), keepSchemasOutOfFirstLoad(), svelte()],
  resolve: { conditions: ['kamihi-source', 'svelte', 'browser', 'module', 'import', 'default'] },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      // A file for each set of pages that share something would be ten dozen, and a browser asks for six at a time.
      output: { experimentalMinChunkSize: 20_000 },
      treeshake: { moduleSideEffects: (id) => !/@sinclair.typebox|packages.contracts|src.texts/.test(id) },
    },
  },
  // In development the bot serves the API: start it, then `pnpm dev` here.
  server: { proxy: { '/api': 'http://localhost:4242', '/readyz': 'http://localhost:4242' } },
})
