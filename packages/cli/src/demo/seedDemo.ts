import type { Kamihi } from '@kamihi/core'
import type { Jobs } from '@kamihi/jobs'
import type { Change } from '@kamihi/store'
import { type Demo, readDemo } from './demoFile.ts'

interface Seeding {
  kamihi: Kamihi
  jobs: Jobs
  projectDir: string
}

/** Fills an empty database with the project's demo, once. */
export async function seedDemo(seeding: Seeding): Promise<void> {
  const { store, clock, config } = seeding.kamihi
  const demo = readDemo(seeding.projectDir)
  const { total } = await store.users.list({ limit: 1 })
  if (!demo || total > 0) return
  const change: Change = { actor: { kind: 'system', id: null, name: 'demo' }, now: clock.now() }
  const users = await seedUsers(seeding, demo, change)
  const roles = await seedRoles(seeding, demo, users, change)
  await seedPermissions(seeding, demo, users, roles, change)
  if (config.jobs.enabled) await seedJobs(seeding, demo, users, roles, change)
}

type Ids = ReadonlyMap<number | string, string>
const pick = (ids: Ids, keys: readonly (number | string)[] = []) => keys.flatMap((key) => ids.get(key) ?? [])

async function seedUsers({ kamihi }: Seeding, demo: Demo, change: Change): Promise<Ids> {
  const ids = new Map<number | string, string>()
  for (const { telegramId, name, admin = false } of demo.users) {
    const saved = await kamihi.store.users.create({ telegramId, name, isAdmin: admin }, change)
    if (saved.kind === 'saved') ids.set(telegramId, saved.value.id)
  }
  return ids
}

async function seedRoles({ kamihi }: Seeding, demo: Demo, users: Ids, change: Change): Promise<Ids> {
  const ids = new Map<number | string, string>()
  for (const { name, users: members } of demo.roles) {
    const saved = await kamihi.store.roles.create({ name, userIds: pick(users, members) }, change)
    if (saved.kind === 'saved') ids.set(name, saved.value.id)
  }
  return ids
}

async function seedPermissions(
  { kamihi }: Seeding,
  demo: Demo,
  users: Ids,
  roles: Ids,
  change: Change,
): Promise<void> {
  for (const { action, users: people, roles: groups } of demo.permissions) {
    await kamihi.store.permissions.create(
      { action, userIds: pick(users, people), roleIds: pick(roles, groups) },
      change,
    )
  }
}

async function seedJobs(
  { jobs }: Seeding,
  demo: Demo,
  users: Ids,
  roles: Ids,
  change: Change,
): Promise<void> {
  for (const {
    name = null,
    action,
    cron,
    perUser = false,
    users: people,
    roles: groups,
    args = {},
  } of demo.jobs) {
    const settings = {
      name,
      action,
      cronExpression: cron,
      perUser,
      userIds: pick(users, people),
      roleIds: pick(roles, groups),
      args,
    }
    await jobs.create(settings, change)
  }
}
