/** What a list asks the server for. */
export interface PageQuery {
  q?: string
  cursor?: string
  limit: number
}
