import { mergeConfig } from 'vitest/config'
import shared from './vitest.config.ts'

/** `pnpm pictures`: takes the pictures of the README and the guides anew. */
export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [] } },
  { test: { include: ['scripts/pictures.ts'] } },
)
