import type { AccountRecord } from '@kamihi/store'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { ApiProblem } from '../problem.ts'
import { sendPrivately } from './botMessage.ts'
import { hashPassword, isOutdated, TooManyHashes, verifyNothing, verifyPassword } from './passwords.ts'
import { weaknessOf } from './weakness.ts'

/**
 * The account whose password this is, or null. Unknown names, disabled accounts and wrong passwords take the same way and the same
 * time. @throws ApiProblem `too_many_requests`, `unavailable`
 */
export async function checkPassword(
  context: ApiContext,
  { username, password }: { username: string; password: string },
  request: FastifyRequest,
): Promise<AccountRecord | null> {
  const { store, clock } = context.kamihi
  refuseWaiting(await context.guessing.secondsToWait(username, request.ip, clock.now()))
  const account = await store.accounts.getByUsername(username)
  const hash = account && account.disabledAt === null ? account.passwordHash : null
  const right = await guarded(() =>
    hash === null ? verifyNothing(password) : verifyPassword(password, hash),
  )
  await recordTry(context, request, { username, accountId: account?.id ?? null, right })
  if (!account || hash === null || !right) return null
  if (isOutdated(hash)) await store.accounts.rehash(account.id, await guarded(() => hashPassword(password)))
  return account
}

/** Counts a try to show who one is; a failure is told to the audit log, and a siege to the owners. */
export async function recordTry(
  context: ApiContext,
  request: FastifyRequest,
  { username, accountId, right }: { username: string; accountId: string | null; right: boolean },
): Promise<void> {
  const { store, clock } = context.kamihi
  const now = clock.now()
  const noted = await context.guessing.record(username, request.ip, right, now)
  if (right) return
  const actor = { kind: 'account', id: accountId, name: username } as const
  await store.audit.add(
    { verb: 'session.refused', object: { kind: 'account', id: accountId, label: username } },
    { actor, now, ip: request.ip, requestId: request.id },
  )
  if (noted === 'besieged' && accountId !== null) await tellOwners(context, username)
}

async function tellOwners({ kamihi }: ApiContext, username: string): Promise<void> {
  const text = `Somebody guesses the password of "${username}": 50 wrong tries within an hour. Until that ends, only places where the account was signed in before, and this machine itself, can sign in to it.`
  for (const { chatId } of await kamihi.store.accounts.ownersOnTelegram()) sendPrivately(kamihi, chatId, text)
}

/** @throws ApiProblem when there is something to wait for */
export function refuseWaiting(seconds: number): void {
  if (seconds <= 0) return
  throw new ApiProblem('too_many_requests', {
    detail: `Too many tries. Wait ${seconds} seconds.`,
    retryAfterSeconds: seconds,
  })
}

/** The hash of a password that may be used. @throws ApiProblem `weak_password`, told of the field `path` */
export async function hashOfNew(
  { kamihi, hostNames }: ApiContext,
  password: string,
  username: string,
  path: string,
): Promise<string> {
  const bot = kamihi.telegram.state().botUsername
  const weakness = weaknessOf(password, username, [...hostNames, ...(bot ? [bot] : [])])
  if (weakness)
    throw new ApiProblem('weak_password', { detail: weakness, errors: [{ path, message: weakness }] })
  return guarded(() => hashPassword(password))
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TooManyHashes)
      throw new ApiProblem('unavailable', { detail: 'Too many sign-ins at once.', retryAfterSeconds: 1 })
    throw error
  }
}
