import fc from 'fast-check'
import { expect, it } from 'vitest'
import { methodTable } from '../../src/botApi/methods/all.ts'
import { ana, setupBot } from './bot.ts'
import { prepare } from './errorTexts/world.ts'

const bot = setupBot()

/** Methods that wait, or end the delivery of updates, are left out. */
const table = [...methodTable({} as never).values()].filter(
  ({ name }) => !/^(getUpdates|setWebhook|close|logOut)$/.test(name),
)

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer({ min: -2, max: 12 }),
  fc.constantFrom('', '{', '[]', '{}', 'html', ' ', ana, '@a', true),
  fc.record(
    {
      type: fc.constantFrom('photo', 'emoji', 'chat', 'bold', 'web_app', 5, null),
      media: fc.constantFrom('attach://a', 5, null, {}),
      caption: fc.jsonValue({ maxDepth: 1 }),
      parse_mode: fc.constantFrom('html', 5, {}),
      message_id: fc.jsonValue({ maxDepth: 1 }),
      text: fc.jsonValue({ maxDepth: 1 }),
      caption_entities: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: [] },
  ),
)
const values = fc.oneof(value, fc.array(value, { maxLength: 3 }))

/** A call with some of the parameters that the method takes, some of them sound. */
const calls = fc.constantFrom(...table).chain(({ name, params }) => {
  const sound: Record<string, fc.Arbitrary<unknown>> = {
    chat_id: fc.constantFrom(ana, -12),
    from_chat_id: fc.constant(ana),
    message_id: fc.integer({ min: 1, max: 11 }),
    text: fc.constant('x'),
  }
  const given = Object.fromEntries(
    Object.keys(params).map((key) => {
      const known = sound[key]
      return [key, known ? fc.oneof({ arbitrary: known, weight: 5 }, values) : values]
    }),
  )
  return fc.record({ name: fc.constant(name as string), params: fc.record(given, { requiredKeys: [] }) })
})

it('whatever is asked, the answer is a result or a refusal, never a failure of the emulator', async () => {
  await prepare(bot)
  await fc.assert(
    fc.asyncProperty(calls, async ({ name, params }) => {
      const { status, body } = await bot.call(name, params)
      expect([200, 400, 403], `${status}: ${body.description}`).toContain(status)
      expect(body.ok).toBe(status === 200)
    }),
    { numRuns: 250 },
  )
})
