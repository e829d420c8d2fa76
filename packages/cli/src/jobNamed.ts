import { everyItem, type Store } from '@kamihi/store'
import { CliError } from './output.ts'

/** The id of the job that is meant by its id or, where only one has it, by its name. */
export async function jobIdOf(store: Store, which: string): Promise<string> {
  if (await store.jobs.get(which)) return which
  const found = await everyItem((page) => store.jobs.list({ ...page, q: which }))
  const [first, ...others] = found.filter(({ name }) => name === which).map(({ id }) => id)
  if (first === undefined) throw noJob(which)
  if (others.length === 0) return first
  throw new CliError(
    `${others.length + 1} jobs are called "${which}". Give the id of one: ${[first, ...others].join(', ')}.`,
  )
}

/** Said where a job is not known. */
export const noJob = (which: string): CliError =>
  new CliError(`There is no job ${which}. "kamihi job list" shows them.`)
