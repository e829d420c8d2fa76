import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

/** Many small files that change nothing global: a process for each would take longer than the tests. */
export default mergeConfig(shared, {
  test: { isolate: false, setupFiles: ['../../vitest.seed.ts'], maxWorkers: 2 },
})
