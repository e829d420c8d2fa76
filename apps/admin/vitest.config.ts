import { svelte } from '@sveltejs/vite-plugin-svelte'
import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

export default mergeConfig(shared, {
  plugins: [svelte()],
  test: { server: { deps: { inline: [/svelte-query/] } } },
})
