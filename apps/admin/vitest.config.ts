import { svelte } from '@sveltejs/vite-plugin-svelte'
import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

export default mergeConfig(shared, {
  plugins: [svelte()],
  test: {
    setupFiles: ['../../vitest.seed.ts'],
    isolate: false,
    server: { deps: { inline: [/svelte-query/] } },
  },
})
