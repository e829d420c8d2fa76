import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

/** A step of a journey begins where the one before has ended, so the first failure ends it. */
export default mergeConfig(shared, { test: { bail: 1, fileParallelism: false } })
