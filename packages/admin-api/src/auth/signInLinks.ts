import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { sendPrivately } from './botMessage.ts'
import { newSecret, sha256 } from './secrets.ts'
import { accountSentTo, type SentTo } from './sentTo.ts'
import type { Signed } from './sessions.ts'
import { recordTry, refuseWaiting } from './signIn.ts'

const linkMs = 5 * 60_000

export interface SignInLinks {
  /** The secret of a new link; those of the account before it are void. */
  issue(sentTo: SentTo, now: number): string
  /** Whom a link was sent to, once; null when it was used, is void or too old. */
  use(secret: string, now: number): SentTo | null
  /** Voids the link of an account. */
  forget(accountId: string): void
}

/** Links that sign in; kept in memory only, as they live for five minutes and lead to this process. */
export function createSignInLinks(): SignInLinks {
  const open = new Map<string, { hash: string; expiresAt: number; sentTo: SentTo }>()
  return {
    issue(sentTo, now) {
      const secret = newSecret()
      open.set(sentTo.accountId, { hash: sha256(secret), expiresAt: now + linkMs, sentTo })
      return secret
    },
    use(secret, now) {
      const hash = sha256(secret)
      const [accountId, link] = [...open].find(([, link]) => link.hash === hash) ?? []
      if (accountId === undefined || link === undefined) return null
      open.delete(accountId)
      return link.expiresAt > now ? link.sentTo : null
    },
    forget: (accountId) => void open.delete(accountId),
  }
}

/** Who writes /admin to the bot alone gets a link to sign in with, if an account is linked to them; to others there is no such command. */
export function answerAdminCommand(context: ApiContext): void {
  const { kamihi, signInLinks } = context
  const { botCode, require } = kamihi.config.web.auth
  // It stands for a code of the bot: where that alone is not enough, or off, so is this.
  if (!botCode || require === 'password+bot') return
  kamihi.telegram.onCommand('admin', async ({ telegramId, chatId }) => {
    const accounts = await kamihi.store.accounts.ofTelegramUser(telegramId)
    for (const { id, username, version } of accounts) {
      const secret = signInLinks.issue({ accountId: id, version, chatId }, kamihi.clock.now())
      sendPrivately(kamihi, chatId, linkMessage(username, `${context.url()}/setup#signin=${secret}`))
    }
    return accounts.length > 0
  })
}

const linkMessage = (username: string, url: string): string =>
  `Sign in as ${username}: ${url}\n\nIt works once, for ${linkMs / 60_000} minutes. Do not pass it on.`

/** The account that a link signs in to. @throws ApiProblem `link_invalid`, `too_many_requests` */
export async function accountOfLink(
  context: ApiContext,
  secret: string,
  request: FastifyRequest,
): Promise<Signed> {
  const { store, clock } = context.kamihi
  refuseWaiting(await context.guessing.tryFrom(request.ip, clock.now()))
  const sentTo = context.signInLinks.use(secret, clock.now())
  const account = sentTo && (await accountSentTo(store, sentTo))
  if (!account) throw new ApiProblem('link_invalid')
  await recordTry(context, request, { username: account.username, accountId: account.id, right: true })
  return account
}
