import { defineConfig } from 'vitest/config'

/** Tests read the source of other packages, so that they never run against a stale build. */
const conditions = ['kamihi-source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: [...conditions, 'node'] } },
  test: {
    passWithNoTests: true,
    include: ['test/**/*.test.ts'],
    // Counted by scripts/test.mjs for the closing line.
    reporters: ['default', 'json'],
    outputFile: { json: 'results/tests.json' },
  },
})
