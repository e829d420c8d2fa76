import type Database from 'better-sqlite3'

const kept = 500

/**
 * Keeps compiled statements by their text. drizzle compiles a query that is not prepared anew each time it runs, which takes longer
 * than most of them do. The one that was used longest ago is let go first.
 */
export function keepStatements(client: Database.Database): void {
  const known = new Map<string, Database.Statement>()
  const compile = client.prepare.bind(client)
  client.prepare = ((text: string) => {
    const statement = known.get(text) ?? compile(text)
    known.delete(text)
    known.set(text, statement)
    if (known.size > kept) known.delete(known.keys().next().value ?? '')
    // Whoever had it before may have asked for rows as lists, or for their first column.
    return statement.reader ? statement.raw(false).pluck(false) : statement
  }) as typeof client.prepare
}
