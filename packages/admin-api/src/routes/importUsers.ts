import type { ImportResult, UserCreate } from '@kamihi/contracts'
import type { FastifyRequest } from 'fastify'
import { checkOwnersOnly } from '../auth/ownersOnly.ts'
import { letOthersIn, orRefusal } from '../bulk.ts'
import { type ApiContext, changeBy } from '../context.ts'
import { peopleEvents } from '../live/peopleEvents.ts'
import { savedValue } from '../refusals/saved.ts'

type Imported = { kind: 'created' | 'updated' | 'unchanged'; id: string }

/** Adds users, and changes those that are there already, each by itself. Whoever was changed is told of, also when the work broke off. */
export async function importUsers(
  context: ApiContext,
  items: UserCreate[],
  request: FastifyRequest,
): Promise<ImportResult> {
  const result: ImportResult = { created: 0, updated: 0, unchanged: 0, refused: [] }
  const ids: string[] = []
  try {
    for (const [index, item] of items.entries()) {
      await letOthersIn()
      const outcome = await orRefusal(importUser(context, item, request))
      if (outcome.kind === 'refused')
        result.refused.push({ index, telegramId: item.telegramId, ...outcome.reason })
      else result[outcome.kind] += 1
      if (outcome.kind === 'created' || outcome.kind === 'updated') ids.push(outcome.id)
    }
  } finally {
    peopleEvents(context).users(ids, items.some(({ roleIds }) => roleIds) ? 'any' : [])
  }
  return result
}

async function importUser(context: ApiContext, item: UserCreate, request: FastifyRequest): Promise<Imported> {
  const { users } = context.kamihi.store
  const { telegramId, ...given } = item
  const change = changeBy(context, request)
  const known = await users.getByTelegramId(telegramId)
  await checkOwnersOnly(context, request, known, { kind: 'changed', ...item })
  if (!known) return { kind: 'created', id: savedValue(await users.create(item, change), 'user').id }
  const differs = Object.entries(given).some(
    ([name, value]) =>
      JSON.stringify(sorted(value)) !== JSON.stringify(sorted(known[name as keyof typeof known])),
  )
  if (!differs) return { kind: 'unchanged', id: known.id }
  savedValue(await users.update(known.id, known.version, given, change), 'user')
  return { kind: 'updated', id: known.id }
}

/** Roles are a set: their order says nothing. */
const sorted = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort() : value)
