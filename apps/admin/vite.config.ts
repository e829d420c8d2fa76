import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import { api, eventsPath } from '../../packages/contracts/src/index.ts'

/**
 * The client needs method and path of each endpoint only; the table of the contracts brings every schema along. Half of the script of the
 * dashboard would be schemas that nothing in it reads.
 */
function leanApi(): Plugin {
  const table = Object.fromEntries(
    Object.entries(api).map(([name, { method, path }]) => [name, { method, path }]),
  )
  return {
    name: 'kamihi:lean-api',
    load: (id) =>
      id.endsWith('/packages/contracts/src/api.ts')
        ? `export const api = ${JSON.stringify(table)}\nexport const eventsPath = ${JSON.stringify(eventsPath)}`
        : null,
  }
}

/** Schemas that are not used are left out: making one does nothing else. */
const schemaMakers = [
  'Type',
  'OneOf',
  'SeveralOf',
  'Nullable',
  'PageOf',
  'endpoint',
  'sortedBy',
  'targets',
  'verbOf',
]

export default defineConfig({
  plugins: [leanApi(), svelte()],
  resolve: { conditions: ['kamihi-source', 'svelte', 'browser', 'module', 'import', 'default'] },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      treeshake: {
        manualPureFunctions: schemaMakers,
        moduleSideEffects: (id) => !/@sinclair.typebox|packages.contracts/.test(id),
      },
    },
  },
  // In development the bot serves the API: start it, then `pnpm dev` here.
  server: { proxy: { '/api': 'http://localhost:4242', '/readyz': 'http://localhost:4242' } },
})
