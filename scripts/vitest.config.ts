import { mergeConfig } from 'vitest/config'
import shared from '../vitest.shared.ts'

/** Tests of the repository itself. */
export default mergeConfig(shared, {
  test: { include: ['scripts/test/**/*.test.ts'], exclude: ['**/node_modules/**'], testTimeout: 120_000 },
})
