/** A refusal in Telegram's words. */
export class BotApiError extends Error {
  readonly status: number
  readonly parameters: Record<string, unknown> | undefined
  constructor(status: number, description: string, parameters?: Record<string, unknown>) {
    super(description)
    this.status = status
    this.parameters = parameters
  }
}

export const badRequest = (what: string) => new BotApiError(400, `Bad Request: ${what}`)
export const forbidden = (what: string) => new BotApiError(403, `Forbidden: ${what}`)
export const tooMany = (seconds: number) =>
  new BotApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
