import type { ImportResult, User, UserCreate } from '@kamihi/contracts'
import type { LastOwner, Saved, UserWrite } from '@kamihi/store'
import type { FastifyRequest } from 'fastify'
import { checkOwnersOnly } from '../auth/ownersOnly.ts'
import { letOthersIn, orRefusal, type Refused } from '../bulk.ts'
import { type ApiContext, changeBy } from '../context.ts'
import { peopleEvents } from '../live/peopleEvents.ts'
import { savedValue } from '../refusals/saved.ts'

/** A transaction costs many times what one user in it does; with so many the bot is held up for some hundredths of a second. */
const mostTogether = 32

type Unchanged = { kind: 'unchanged' }
type Written = { kind: 'created' | 'updated'; id: string }
type Outcome = Unchanged | Written | Refused
type Plan = Unchanged | Refused | { kind: 'write'; write: UserWrite }

/** Adds users, and changes those that are there already, each by itself. Whoever was changed is told of, also when the work broke off. */
export async function importUsers(
  context: ApiContext,
  items: UserCreate[],
  request: FastifyRequest,
): Promise<ImportResult> {
  const outcomes: Outcome[] = []
  try {
    for (const batch of batchesOf(items)) {
      await letOthersIn()
      outcomes.push(...(await importBatch(context, batch, request)))
    }
  } finally {
    const ids = outcomes.flatMap((outcome) => ('id' in outcome ? outcome.id : []))
    peopleEvents(context).users(ids, items.some(({ roleIds }) => roleIds) ? 'any' : [])
  }
  return resultOf(items, outcomes)
}

/** Nobody is twice in a batch: who comes again is changed as they were left the time before. */
function batchesOf(items: UserCreate[]): UserCreate[][] {
  const batches: UserCreate[][] = []
  let within = new Set<number>()
  for (const item of items) {
    const batch = batches.at(-1)
    if (batch && within.size < mostTogether && !within.has(item.telegramId)) batch.push(item)
    else {
      batches.push([item])
      within = new Set()
    }
    within.add(item.telegramId)
  }
  return batches
}

async function importBatch(
  context: ApiContext,
  batch: UserCreate[],
  request: FastifyRequest,
): Promise<Outcome[]> {
  const { users } = context.kamihi.store
  const found = await users.getManyByTelegramId(batch.map(({ telegramId }) => telegramId))
  const known = new Map(found.map((user) => [user.telegramId, user]))
  const plans: Plan[] = []
  for (const item of batch)
    plans.push(await orRefusal(planOf(context, item, known.get(item.telegramId) ?? null, request)))
  const writes = plans.flatMap((plan) => (plan.kind === 'write' ? plan.write : []))
  const saved = await users.saveMany(writes, changeBy(context, request))
  const outcomes = await Promise.all(
    writes.map(({ kind }, index) => orRefusal(written(kind, saved[index] as (typeof saved)[number]))),
  )
  return plans.map((plan) => (plan.kind === 'write' ? (outcomes.shift() as Outcome) : plan))
}

/** What is to be done for somebody: only what is given is changed. @throws ApiProblem where only an owner may do it */
async function planOf(
  context: ApiContext,
  item: UserCreate,
  known: User | null,
  request: FastifyRequest,
): Promise<Exclude<Plan, Refused>> {
  await checkOwnersOnly(context, request, known, { kind: 'changed', ...item })
  if (!known) return { kind: 'write', write: { kind: 'create', input: item } }
  const { telegramId, ...patch } = item
  const differs = Object.entries(patch).some(
    ([name, value]) =>
      JSON.stringify(sorted(value)) !== JSON.stringify(sorted(known[name as keyof typeof known])),
  )
  if (!differs) return { kind: 'unchanged' }
  return { kind: 'write', write: { kind: 'update', id: known.id, version: known.version, patch } }
}

/** Roles are a set: their order says nothing. */
const sorted = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort() : value)

const written = async (kind: UserWrite['kind'], saved: Saved<User> | LastOwner): Promise<Written> => ({
  kind: kind === 'create' ? 'created' : 'updated',
  id: savedValue(saved, 'user').id,
})

function resultOf(items: UserCreate[], outcomes: Outcome[]): ImportResult {
  const count = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: outcomes.flatMap((outcome, index) =>
      outcome.kind === 'refused'
        ? { index, telegramId: items[index]?.telegramId ?? 0, ...outcome.reason }
        : [],
    ),
  }
}
