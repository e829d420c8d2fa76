import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

/**
 * A step of a journey begins where the one before has ended, so the first failure ends it.
 * One process for all files: they share what they import, and the browser.
 */
export default mergeConfig(shared, {
  test: { bail: 1, fileParallelism: false, isolate: false, setupFiles: ['test/setUp.ts'] },
})
