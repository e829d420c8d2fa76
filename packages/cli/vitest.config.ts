import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

// Some of these tests start processes, which take seconds on a busy machine. Files share the process of the tests, because loading the
// server anew for each of them would cost more than what they test; none leaves anything behind in it.
export default mergeConfig(shared, { test: { testTimeout: 90_000, isolate: false } })
