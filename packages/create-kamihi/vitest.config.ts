import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

// These tests start processes, which take seconds on a busy machine.
export default mergeConfig(shared, { test: { testTimeout: 90_000 } })
