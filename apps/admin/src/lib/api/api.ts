import { ApiError, ConnectionError, createClient } from '@kamihi/contracts/client'
import * as t from '../../texts/index.ts'
import { clock } from '../display/clock.svelte.ts'
import { issueText } from './issueText.ts'
import { learnRefusals, refusalWords } from './refusalWords.ts'

let signedOut = (): void => {}
/** Names who has to know when the server answers that nobody is signed in, whatever was asked. */
export const whenSignedOut = (work: () => void): void => {
  signedOut = work
}

const watched: typeof fetch = async (input, init) => {
  // Schedules are described in the language of the reader.
  const headers = { ...init?.headers, 'accept-language': t.common.locale }
  const response = await fetch(input, { ...init, headers })
  const botTime = Number(response.headers.get('x-kamihi-time'))
  if (botTime > 0) clock.follow(botTime)
  // Endpoints of the session tell the one who asked: a wrong password or code is no end of a session.
  if (response.status === 401 && !/\/session(\/bot.*)?$/.test(String(input))) signedOut()
  if (!response.ok) await learnRefusals()
  return response
}

/** The API of the server that sent this page. */
export const api = createClient({ fetch: watched })

/** What to tell about an error: the sentence, and what a bug report needs. */
export interface Explained {
  title: string
  detail: string | null
  /** What was wrong with each field. */
  fields: string[]
  requestId: string | null
}

/** Any error as words for an operator. */
export function explain(error: unknown): Explained {
  if (error instanceof ApiError) {
    const { code, requestId, errors = [] } = error.problem
    const { issues, problems } = refusalWords()
    const detail = issueText(error.problem.issue, error.problem.detail ?? '', issues)
    const fields = detail
      ? []
      : errors.map((one) => `${nameOf(one.path)}: ${issueText(one.issue, one.message, issues)}`)
    const isForm = code === 'invalid_request' && fields.length > 0
    return {
      title: isForm ? t.forms.correct : (problems?.[code] ?? error.problem.title),
      detail: detail && detail !== error.problem.title ? detail : null,
      fields,
      requestId: requestId ?? null,
    }
  }
  const title =
    error instanceof ConnectionError
      ? t.common.unreachableServer
      : error instanceof Error
        ? error.message
        : String(error)
  return { title, detail: null, fields: [], requestId: null }
}

/** A field as forms call it. */
const nameOf = (path: string): string => t.forms.fields[fieldOf(path)] ?? path.replace('/', '')
const fieldOf = (path: string): string => path.split('/').find((part) => part !== '') ?? path

/** Messages of a refused request by field: `/cronExpression` → `cronExpression`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {}
  const byField: Record<string, string> = {}
  const { issues } = refusalWords()
  for (const { path, issue, message } of error.problem.errors ?? [])
    byField[fieldOf(path)] ??= issueText(issue, message, issues)
  return byField
}

/** The refusal's code, or null when it is no refusal. */
export const codeOf = (error: unknown): string | null =>
  error instanceof ApiError ? error.problem.code : null
