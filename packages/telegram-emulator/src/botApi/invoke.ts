import type { SetFault } from '../faults/faults.ts'
import type { World } from '../world/world.ts'
import { BotApiError } from './answer.ts'
import type { Call } from './method.ts'
import { knownNames, oldNames } from './methodNames.ts'
import type { MethodTable } from './methods/all.ts'

export interface Answer {
  status: number
  body: AnswerBody
}

export type AnswerBody =
  | { ok: true; result: unknown; description?: string }
  | { ok: false; error_code: number; description: string; parameters?: Record<string, unknown> }

type FaultyAnswer = Extract<SetFault['error'], { status: number }>

export type Given = Pick<Call, 'raw' | 'uploads' | 'onGone'>

/** Runs a method and gives its answer; what it refuses is an answer too. */
export async function invoke(
  world: World,
  methods: MethodTable,
  name: string,
  given: Given,
): Promise<Answer> {
  let description: string | undefined
  const describe = (words: string): void => {
    description = words
  }
  try {
    const result = await find(methods, name).run({ world, ...given, describe })
    return { status: 200, body: { ok: true, result, ...(description ? { description } : {}) } }
  } catch (error) {
    if (error instanceof BotApiError) return refusal(error.status, error.message, error.parameters)
    throw error
  }
}

/** @throws BotApiError 501 for a method that is known but not modelled, 404 for one that is not known */
function find(methods: MethodTable, name: string) {
  const given = name.toLowerCase()
  const wanted = oldNames.get(given)?.toLowerCase() ?? given
  const method = methods.get(wanted)
  if (method) return method
  const known = knownNames.get(wanted)
  if (known) throw new BotApiError(501, `Not Implemented: the emulator does not model ${known}`)
  throw new BotApiError(404, 'Not Found: method not found')
}

/** What a fault answers in place of the method. */
export const refusalOf = ({ status, description, retryAfter }: FaultyAnswer): Answer =>
  refusal(status, description, retryAfter ? { retry_after: retryAfter } : undefined)

/** The chat that a call is about, for faults that strike one chat only. */
export const chatOfCall = ({ chat_id: id }: Record<string, unknown>): number | null =>
  id === undefined ? null : Number(id)

export const refusal = (
  status: number,
  description: string,
  parameters?: Record<string, unknown>,
): Answer => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) },
})
