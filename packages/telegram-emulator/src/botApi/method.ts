import type { APIMethodParams, APIMethodReturn, APIMethods } from '@gramio/types'
import type { Static, TObject, TProperties } from '@sinclair/typebox'
import type { World } from '../world/world.ts'
import { readParams } from './params.ts'

export type MethodName = keyof APIMethods

/** A file that came with the call, under the name of its part. */
export interface Upload {
  name: string
  bytes: Uint8Array
}

/** One call of the bot. */
export interface Call {
  world: World
  /** What was given, not yet read. */
  raw: Record<string, unknown>
  uploads: ReadonlyMap<string, Upload>
  /** Calls back when the client is gone. */
  onGone(gone: () => void): void
  /** Says something beside the result, as the real server does of webhooks. */
  describe(description: string): void
}

/** A method of the Bot API that is modelled. Its result has the type that @gramio/types gives it. */
export interface Method<M extends MethodName = MethodName> {
  name: M
  params: TProperties
  run(call: Call): APIMethodReturn<M> | Promise<APIMethodReturn<M>>
}

/** Names that older clients use and the real server still understands. */
type OldNames =
  | 'reply_to_message_id'
  | 'allow_sending_without_reply'
  | 'disable_web_page_preview'
  | 'correct_option_id'

type OnlyKnown<M extends MethodName, P> = {
  [K in keyof P]: K extends keyof NonNullable<APIMethodParams<M>> | OldNames ? P[K] : never
}

/** Describes a method: its parameters, and what it does with them. */
export function method<M extends MethodName, P extends TProperties>(
  name: M,
  params: P & OnlyKnown<M, P>,
  run: (
    world: World,
    params: Static<TObject<P>>,
    call: Call,
  ) => APIMethodReturn<M> | Promise<APIMethodReturn<M>>,
): Method<M> {
  return { name, params, run: (call) => run(call.world, readParams<P>(params, call.raw), call) }
}
