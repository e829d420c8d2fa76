import { randomInt } from 'node:crypto'

/** An id that the servers make up: of an album, a poll or a query. */
export const newId = (): string => String(randomInt(1e12, 9e12))
