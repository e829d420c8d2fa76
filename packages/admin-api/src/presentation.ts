import type { Job } from '@kamihi/contracts'
import { presentJob } from '@kamihi/jobs'
import type { JobRow } from '@kamihi/store'
import type { ApiContext } from './context.ts'
import { found } from './saved.ts'

/** Jobs as the API shows them: with what the code and a pause of the scheduler mean for each. */
export interface JobPresentation {
  one(id: string): Promise<Job>
  many(rows: JobRow[]): Promise<Job[]>
}

export function presentsJobs({ kamihi }: ApiContext): JobPresentation {
  const { store } = kamihi
  const many = async (rows: JobRow[]): Promise<Job[]> => {
    const { current } = await store.scheduler.pauses()
    return rows.map((row) => presentJob(kamihi, row, current))
  }
  return {
    many,
    async one(id) {
      const [job] = await many([found(await store.jobs.getRow(id), 'job')])
      return job as Job
    },
  }
}
