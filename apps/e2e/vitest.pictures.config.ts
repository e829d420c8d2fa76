import { mergeConfig } from 'vitest/config'
import shared from './vitest.config.ts'

/** `pnpm pictures`: takes the pictures of the README and the guides anew. `pnpm screens`: every page in every state. */
export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [] } },
  { test: { include: ['scripts/pictures.ts', 'scripts/screens.ts'] } },
)
