/** Why the database did not do it. */
export type StoreErrorCode =
  | 'busy'
  | 'full'
  | 'readonly'
  /** The disk did not do what it was asked to. */
  | 'io'
  | 'corrupt'
  /** The file was removed, replaced or cut off. */
  | 'vanished'
  | 'closed'
  | 'newer_schema'
  | 'cannot_open'
  | 'unsupported_url'

export class StoreError extends Error {
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}
