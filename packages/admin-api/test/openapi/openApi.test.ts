import { api, type Endpoint, errorCodes } from '@kamihi/contracts'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Value } from '@sinclair/typebox/value'
import { expect, it } from 'vitest'
import { bodyExamples } from '../../src/openapi/examples.ts'
import { openApiDocument } from '../../src/openapi/openApi.ts'
import { tags } from '../../src/openapi/tags.ts'

interface Operation {
  operationId: string
  tags: string[]
  description: string
  responses: Record<string, { description: string }>
}
const document = openApiDocument('1.0.0')
const operations = Object.values(document.paths as Record<string, Record<string, Operation>>).flatMap(
  (path) => Object.values(path),
)

it('passes the recommended rules of a linter', async () => {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      // Both ends of a range, such as /users/{id} and /users/import, are told apart by the server: the literal one wins.
      'no-ambiguous-paths': 'off',
      'no-server-example.com': 'off',
      // Probes are refused to nobody.
      'operation-4xx-response': 'off',
      'security-defined': 'error',
    },
  })
  const problems = await lintFromString({ source: JSON.stringify(document), config })
  expect(
    problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer ?? ''} ${message}`),
  ).toEqual([])
}, 60_000)

it('puts every operation under a topic that is described, and says who may call it', () => {
  const known = tags.map(({ name }) => name)
  for (const { operationId, tags: given, description } of operations) {
    expect([operationId, known.includes(given[0] ?? '')]).toEqual([operationId, true])
    expect(description).toMatch(/^Needs /)
  }
  expect(new Set(operations.flatMap(({ tags: given }) => given))).toEqual(new Set(known))
})

it('names the codes with which a request may be refused', () => {
  const run = operations.find(({ operationId }) => operationId === 'runJob')
  expect(run?.responses['409']?.description).toContain('`overlap`')
  expect(run?.responses['403']?.description).toContain('`forbidden`')
  const named = operations.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, { description }]) =>
      [...description.matchAll(/`(\w+)`:/g)].map(([, code = '']) => [status, code] as const),
    ),
  )
  for (const [status, code] of named)
    expect([code, errorCodes[code as keyof typeof errorCodes]?.status]).toEqual([code, Number(status)])
})

it('gives examples that the schemas allow', () => {
  for (const [name, example] of Object.entries(bodyExamples)) {
    const { body } = (api as Record<string, Endpoint>)[name] as Endpoint
    expect([name, [...Value.Errors(body, example)].map(({ path, message }) => `${path} ${message}`)]).toEqual(
      [name, []],
    )
  }
})
