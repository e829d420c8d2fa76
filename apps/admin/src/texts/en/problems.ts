import { type ErrorCode, errorCodes } from '@kamihi/contracts'

/** Titles of refusals by their code; the server writes them in English. */
export const problems: Record<ErrorCode, string> = Object.fromEntries(
  Object.entries(errorCodes).map(([code, { title }]) => [code, title]),
) as Record<ErrorCode, string>
