import { type SQL, sql } from 'drizzle-orm'

/** A value given as SQLite takes it: drizzle would write a null of a JSON column as the text `null`. */
export const given = (name: string): SQL => sql`${sql.placeholder(name)}`
