import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

/** Nothing global is changed, so a worker keeps what it has loaded. */
export default mergeConfig(shared, { test: { isolate: false, setupFiles: ['../../vitest.seed.ts'] } })
