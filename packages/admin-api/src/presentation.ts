import type { Job, Language, Run } from '@kamihi/contracts'
import { presentJob } from '@kamihi/jobs'
import type { JobRow } from '@kamihi/store'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from './context.ts'
import { found } from './refusals/saved.ts'

/** A run with how far it is. */
export const withProgress =
  ({ jobs }: ApiContext) =>
  (run: Run): Run => ({ ...run, progress: jobs.progressOf(run) })

/** Jobs as the API shows them: with what the code and a pause of the scheduler mean for each, in the language that is asked for. */
export interface JobPresentation {
  one(id: string, request: FastifyRequest): Promise<Job>
  many(rows: JobRow[], request: FastifyRequest): Promise<Job[]>
}

export function presentsJobs({ kamihi }: ApiContext): JobPresentation {
  const { store } = kamihi
  const many = async (rows: JobRow[], request: FastifyRequest): Promise<Job[]> => {
    const language = languageOf(request)
    const { current } = await store.scheduler.pauses()
    return rows.map((row) => presentJob(kamihi, row, current, language))
  }
  return {
    many,
    async one(id, request) {
      const [job] = await many([found(await store.jobs.getRow(id), 'job')], request)
      return job as Job
    },
  }
}

/** The first language of `Accept-Language`, where it is one of ours. */
const languageOf = ({ headers }: FastifyRequest): Language =>
  headers['accept-language']?.trim().toLowerCase().startsWith('es') ? 'es' : 'en'
