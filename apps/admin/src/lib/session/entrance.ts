import type { Entrance, Session } from '@kamihi/contracts'

/** Nobody is signed in, and why: they have to sign in, or the bot has to be set up first. */
export class NobodyIsIn extends Error {
  readonly reason: 'signed_out' | 'not_set_up'
  constructor(reason: NobodyIsIn['reason']) {
    super('Nobody is signed in.')
    this.reason = reason
  }
}

/** Who is signed in. @throws NobodyIsIn */
export function sessionIn({ isSetUp, session }: Entrance): Session {
  if (!session) throw new NobodyIsIn(isSetUp ? 'signed_out' : 'not_set_up')
  return session
}

/** Why nobody is in; null where somebody is, or where that could not be asked. */
export const reasonOutside = (error: unknown): NobodyIsIn['reason'] | null =>
  error instanceof NobodyIsIn ? error.reason : null
