import type { SetFault } from '../faults/faults.ts'
import type { World } from '../world/world.ts'
import { type Answer, chatOfCall, invoke, refusalOf } from './invoke.ts'
import type { MethodTable } from './methods/all.ts'

/**
 * A call that a webhook made in its answer: nobody hears what came of it, but it is recorded. Of the faults those count that
 * keep a call from having an effect; no answer can be late or cut, for there is none.
 */
export async function answerInWebhook(
  world: World,
  methods: MethodTable,
  method: string,
  params: Record<string, unknown>,
): Promise<void> {
  const fault = world.faults.take(method, chatOfCall(params))
  const given = { raw: params, uploads: new Map(), onGone: () => {} }
  const { status, body } =
    (fault && withoutEffect(fault.error)) ?? (await invoke(world, methods, method, given))
  world.calls.add({
    method,
    params,
    status,
    response: body,
    at: world.now(),
    ...(fault ? { fault: fault.id } : {}),
  })
}

/** What is recorded of a call that never had an effect; null of one that has. */
function withoutEffect(error: SetFault['error']): Answer | { status: 0; body: null } | null {
  if (error === 'reset-before' || error === 'half-open') return { status: 0, body: null }
  if (typeof error === 'string' || 'delayMs' in error) return null
  return refusalOf(error)
}
