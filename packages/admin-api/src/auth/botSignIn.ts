import type { Account } from '@kamihi/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { codeMs } from './botCodes.ts'
import { codeMessage, sendPrivately } from './botMessage.ts'
import { accountSentTo } from './sentTo.ts'
import { cookieOptions, type Signed, userAgentOf } from './sessions.ts'
import { recordTry, refuseWaiting } from './signIn.ts'

/** True when the bot can send codes now. */
export const canSendCodes = ({ kamihi: { config, telegram } }: ApiContext): boolean =>
  config.web.auth.botCode && telegram.state().state === 'connected'

/** Sends a code to whoever the account belongs to; for a name that nobody has, all but the message is the same. */
export async function sendCode(
  context: ApiContext,
  username: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { store, clock } = context.kamihi
  const now = clock.now()
  const account = await store.accounts.getByUsername(username)
  const chatId = account && account.disabledAt === null ? await store.accounts.chatOf(account.id) : null
  const sentTo =
    account && chatId !== null ? { accountId: account.id, version: account.version, chatId } : null
  refuseWaiting(await context.guessing.codeFor(username, request.ip, now))
  const issued = context.botCodes.issue({ username, sentTo }, now)
  reply.setCookie(context.ticketCookieName, issued.ticket, cookieOptions(context, codeMs))
  if (!account || !sentTo) return
  const facts = { at: now, ip: request.ip, userAgent: userAgentOf(request) }
  sendPrivately(
    context.kamihi,
    sentTo.chatId,
    codeMessage({ ...facts, username: account.username, code: issued.code }),
  )
}

/** The second step after a right password. @throws ApiProblem always: either the code is on its way, or why it cannot be */
export async function askForCode(
  context: ApiContext,
  account: Account,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<never> {
  if (!canSendCodes(context))
    throw new ApiProblem('unavailable', {
      issue: { kind: 'bot_not_connected' },
      retryAfterSeconds: 15,
    })
  if (account.telegramUserId === null)
    throw new ApiProblem('telegram_not_linked', {
      issue: { kind: 'account_not_linked', username: account.username },
    })
  await sendCode(context, account.username, request, reply)
  throw new ApiProblem('bot_code_required', { issue: { kind: 'code_sent' } })
}

/** The account that a code belongs to, together with the cookie of the browser that asked for it. @throws ApiProblem */
export async function accountOfCode(
  context: ApiContext,
  code: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Signed> {
  const { store, clock } = context.kamihi
  refuseWaiting(await context.guessing.tryFrom(request.ip, clock.now()))
  const ticket = request.cookies[context.ticketCookieName] ?? ''
  const verdict = context.botCodes.verify(ticket, code, clock.now())
  const account = verdict.kind === 'right' ? await accountSentTo(store, verdict.sentTo) : null
  if (!account) {
    if (verdict.kind === 'wrong' && verdict.holder) {
      const { username, sentTo } = verdict.holder
      await recordTry(context, request, { username, accountId: sentTo?.accountId ?? null, right: false })
    }
    throw new ApiProblem('bot_code_invalid')
  }
  reply.clearCookie(context.ticketCookieName, cookieOptions(context, 0))
  await recordTry(context, request, { username: account.username, accountId: account.id, right: true })
  return account
}
