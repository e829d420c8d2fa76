import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { sendPrivately } from './botMessage.ts'
import { perName } from './guessing.ts'

/** Tells the audit log, the log, and by Telegram the owners who are linked to a user, that strangers guess at an account. */
export async function tellOfSiege(
  { kamihi }: ApiContext,
  { id, username }: { id: string; username: string },
  request: FastifyRequest,
): Promise<void> {
  const { store, telegram, clock, logger } = kamihi
  const isConnected = telegram.state().state === 'connected'
  const told = isConnected ? await store.accounts.ownersOnTelegram() : []
  logger.warning({ username, told: told.length }, 'Strangers guess how to sign in to an account')
  await store.audit.add(
    { verb: 'account.besieged', object: { kind: 'account', id, label: username } },
    {
      actor: { kind: 'system', id: null, name: 'sign-in' },
      now: clock.now(),
      ip: request.ip,
      requestId: request.id,
    },
  )
  for (const { chatId } of told) sendPrivately(kamihi, chatId, siegeMessage(username))
}

const siegeMessage = (username: string): string =>
  `Somebody tries to sign in as "${username}": ${perName.failures} wrong tries within an hour. Until that ends, only places where the account was signed in before, and this machine itself, can sign in to it.`
