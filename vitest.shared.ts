import { defineConfig } from 'vitest/config'

/** Tests read the source of other packages, so that they never run against a stale build. */
const conditions = ['kamihi-source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: [...conditions, 'node'] } },
  test: {
    passWithNoTests: true,
    include: ['test/**/*.test.ts'],
    // Real servers and processes, on machines that may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Counted by scripts/test.mjs for the closing line.
    reporters: ['default', 'json'],
    outputFile: { json: 'results/tests.json' },
  },
})
