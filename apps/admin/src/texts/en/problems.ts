import { type ErrorCode, errorCodes } from '@kamihi/contracts'
import { spoken } from '../spoken.ts'

/** Titles of refusals by their code; the server writes them in English. */
export const problems = spoken<Record<ErrorCode, string>>(
  'problems',
  Object.fromEntries(Object.entries(errorCodes).map(([code, { title }]) => [code, title])) as Record<
    ErrorCode,
    string
  >,
)
