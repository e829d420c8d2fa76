// Fills a database with many people and jobs at once. The first of each is made by the store, the others are copies of its row.
import { openStore } from '../../packages/store/dist/index.js'
import { change, urlOf } from './bot.mjs'
import { Database } from './modules.mjs'

const id = "substr(id, 1, 23) || printf('-%012x', i)"

/** People who are all in one role; gives the role's id. */
export async function seedPeople(folder, count) {
  const store = await openStore({ url: urlOf(folder) })
  const user = saved(await store.users.create({ telegramId: 1_000_000, name: 'User' }, change()))
  const role = saved(await store.roles.create({ name: 'everyone', userIds: [user.id] }, change()))
  await store.close()
  withDatabase(folder, (db) => {
    const others = { id, telegram_id: 'telegram_id + i', chat_id: 'chat_id + i', name: "'User ' || i" }
    multiply(db, 'users', user.id, count - 1, others)
    db.prepare('insert or ignore into user_roles (user_id, role_id) select id, ? from users').run(role.id)
  })
  return role.id
}

/**
 * Jobs of one action with nobody to send to.
 * @param patterns cron expressions, given out in turn
 * @param nextRunAt cursor of all of them, epoch milliseconds; null where a bot has to place it when it starts
 */
export async function seedJobs(folder, { count, patterns, action, nextRunAt, zone = 'UTC' }) {
  const store = await openStore({ url: urlOf(folder) })
  await store.actions.sync([record(action)], Date.now())
  const { jobDefaults } = await import('../../packages/contracts/dist/index.js')
  const settings = {
    ...jobDefaults,
    action,
    enabled: true,
    perUser: false,
    cronExpression: patterns[0],
    timezone: zone,
    userIds: [],
    roleIds: [],
    args: {},
  }
  const job = saved(await store.jobs.create(settings, nextRunAt, change()))
  await store.settings.set('scheduler.timezone', 'UTC')
  await store.close()
  withDatabase(folder, (db) => {
    db.exec('create temp table patterns (n integer primary key, text text)')
    const add = db.prepare('insert into patterns values (?, ?)')
    patterns.forEach((pattern, n) => void add.run(n, pattern))
    const pattern = `(select text from patterns where n = i % ${patterns.length})`
    multiply(db, 'jobs', job.id, count - 1, { id, cron_expression: pattern })
  })
}

/** What the store keeps of an action that has no arguments. */
const record = (name) => ({
  name,
  commands: [name],
  description: null,
  argsSchema: null,
  idempotent: false,
  error: null,
})

/** Opens the database of a folder for statements of the bench itself. */
export function withDatabase(folder, work) {
  const db = new Database(`${folder}/bench.db`)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

function multiply(db, table, from, times, changed) {
  const columns = db.pragma(`table_info(${table})`).map(({ name }) => name)
  const values = columns.map((name) => changed[name] ?? name)
  db.prepare(
    `with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < ?)
     insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from numbers, ${table} where id = ? and ? > 0`,
  ).run(times, from, times)
}

function saved(outcome) {
  if (outcome.kind !== 'saved') throw new Error(`It could not be saved: ${outcome.kind}`)
  return outcome.value
}
