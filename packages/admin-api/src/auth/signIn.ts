import { fieldIssue } from '@kamihi/contracts'
import type { AccountRecord } from '@kamihi/store'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { hashPassword, isOutdated, TooManyHashes, verifyNothing, verifyPassword } from './passwords.ts'
import { tellOfSiege } from './siege.ts'
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
  ).catch(async (error: unknown) => {
    await context.guessing.takeBack(username, request.ip)
    throw error
  })
  await recordTry(context, request, { username, accountId: account?.id ?? null, right, isCounted: true })
  if (!account || hash === null || !right) return null
  return isOutdated(hash)
    ? { ...account, passwordHash: await hashAnew(context, account.id, password, hash) }
    : account
}

/** Only while it is still the password of the account; when too many wait, the next sign-in does it. */
async function hashAnew({ kamihi }: ApiContext, id: string, password: string, old: string): Promise<string> {
  const hash = await hashPassword(password).catch((error: unknown) => {
    if (error instanceof TooManyHashes) return null
    throw error
  })
  if (hash !== null) await kamihi.store.accounts.rehash(id, old, hash)
  return hash ?? old
}

interface Try {
  username: string
  accountId: string | null
  right: boolean
  /** True where it was counted as failed when it began. */
  isCounted?: boolean
}

/** Counts a try to show who one is; a failure is told to the audit log, and a siege to the owners. */
export async function recordTry(
  context: ApiContext,
  request: FastifyRequest,
  { username, accountId, right, isCounted = false }: Try,
): Promise<void> {
  const { store, clock } = context.kamihi
  const now = clock.now()
  const noted = await context.guessing.record(username, request.ip, right, now, isCounted)
  if (right) return
  // A name that nobody has may be a password that somebody typed into the wrong field.
  const label = accountId === null ? null : username
  const actor = { kind: 'account', id: accountId, name: label ?? 'unknown' } as const
  await store.audit.add(
    { verb: 'session.refused', object: { kind: 'account', id: accountId, label } },
    { actor, now, ip: request.ip, requestId: request.id },
  )
  if (noted === 'besieged' && accountId !== null)
    await tellOfSiege(context, { id: accountId, username }, request)
}

/** @throws ApiProblem when there is something to wait for */
export function refuseWaiting(seconds: number): void {
  if (seconds <= 0) return
  throw new ApiProblem('too_many_requests', {
    issue: { kind: 'wait', seconds },
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
    throw new ApiProblem('weak_password', { issue: weakness, errors: [fieldIssue(path, weakness)] })
  return guarded(() => hashPassword(password))
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TooManyHashes)
      throw new ApiProblem('unavailable', { issue: { kind: 'too_many_sign_ins' }, retryAfterSeconds: 1 })
    throw error
  }
}
