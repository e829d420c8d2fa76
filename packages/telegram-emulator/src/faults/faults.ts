import { type Static, Type } from '@sinclair/typebox'
import { createRandom } from './random.ts'

const ErrorAnswer = Type.Object(
  {
    status: Type.Integer({ minimum: 400, maximum: 599, description: 'HTTP status and `error_code`' }),
    description: Type.String({ description: 'What the answer says is wrong, in the words of Telegram' }),
    retryAfter: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Seconds to wait, given as `retry_after` of the answer' }),
    ),
    html: Type.Optional(
      Type.Boolean({
        description: 'Answer with a page of HTML, as a proxy on the way would, in place of JSON',
      }),
    ),
  },
  { description: 'The call is refused' },
)

const Delay = Type.Object(
  { delayMs: Type.Integer({ minimum: 0, description: 'Milliseconds by which the answer is late' }) },
  { description: 'The call is answered as ever, but late' },
)

const FaultError = Type.Union(
  [
    ErrorAnswer,
    Delay,
    Type.Literal('reset-before', { description: 'The connection is cut before the call has done anything' }),
    Type.Literal('reset-after', { description: 'The connection is cut when the call has done its work' }),
    Type.Literal('half-open', { description: 'Never answered, while the connection stays open' }),
  ],
  {
    description:
      'What befalls the call: { status, description }, { delayMs }, "reset-before", "reset-after" or "half-open"',
  },
)

export const Fault = Type.Object(
  {
    method: Type.Optional(
      Type.String({ description: 'Method that it strikes, in upper or lower case; any method when absent' }),
    ),
    chatId: Type.Optional(Type.Integer({ description: 'Chat that it strikes; any call when absent' })),
    times: Type.Optional(
      Type.Union(
        [Type.Integer({ minimum: 1, description: 'So many calls' }), Type.Null({ description: 'Endless' })],
        {
          description: 'How many calls it strikes: 1 when absent; null until it is taken away',
        },
      ),
    ),
    probability: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'Share of the matching calls that it strikes: 1, every one, when absent',
      }),
    ),
    seed: Type.Optional(
      Type.Integer({
        description: 'Seed of the dice, 1 when absent: with the same seed the same calls are struck',
      }),
    ),
    error: FaultError,
  },
  { description: 'Something that goes wrong on purpose', additionalProperties: false },
)
export type Fault = Static<typeof Fault>

export const SetFault = Type.Object(
  {
    ...Fault.properties,
    id: Type.Integer({ minimum: 1, description: 'Number to take it away by' }),
    struck: Type.Integer({ minimum: 0, description: 'Calls that it has struck so far' }),
  },
  { description: 'A fault that is set' },
)
export type SetFault = Static<typeof SetFault>

export interface Faults {
  add(fault: Fault): SetFault
  /** The fault that strikes this call, or null. It is counted, and gone when its times are used up. */
  take(method: string, chatId: number | null): SetFault | null
  /** Oldest first. */
  list(): SetFault[]
  remove(id: number): boolean
  clear(): void
}

/** A fault with its dice: those of the first fault that matches are thrown first. */
interface Armed {
  fault: SetFault
  random: () => number
}

export function createFaults(): Faults {
  const armed = new Map<number, Armed>()
  let lastId = 0
  return {
    add(fault) {
      const set: SetFault = { ...structuredClone(fault), id: ++lastId, struck: 0 }
      armed.set(set.id, { fault: set, random: createRandom(fault.seed ?? 1) })
      return structuredClone(set)
    },
    take(method, chatId) {
      for (const { fault, random } of armed.values()) {
        if (!matches(fault, method, chatId) || random() >= (fault.probability ?? 1)) continue
        fault.struck++
        if (isUsedUp(fault)) armed.delete(fault.id)
        return structuredClone(fault)
      }
      return null
    },
    list: () => [...armed.values()].map(({ fault }) => structuredClone(fault)),
    remove: (id) => armed.delete(id),
    clear: () => armed.clear(),
  }
}

const matches = (fault: Fault, method: string, chatId: number | null): boolean =>
  (fault.method === undefined || fault.method.toLowerCase() === method.toLowerCase()) &&
  (fault.chatId === undefined || fault.chatId === chatId)

function isUsedUp({ times = 1, struck }: SetFault): boolean {
  return times !== null && struck >= times
}
