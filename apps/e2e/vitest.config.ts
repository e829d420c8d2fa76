import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

/**
 * A step of a journey begins where the one before has ended, so the first failure ends it.
 * Two processes for all files, on two cores: in each they share what they import, and the browser.
 */
export default mergeConfig(shared, {
  test: { bail: 1, isolate: false, maxWorkers: 2, setupFiles: ['test/setUp.ts'] },
})
