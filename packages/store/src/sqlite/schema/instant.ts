import { customType } from 'drizzle-orm/sqlite-core'

/** An instant of a contract: epoch milliseconds in the database, ISO 8601 in UTC outside of it, however it was written. */
export const instant = customType<{ data: string; driverData: number }>({
  dataType: () => 'integer',
  toDriver: (text) => Date.parse(text),
  fromDriver: (ms) => new Date(ms).toISOString(),
})
