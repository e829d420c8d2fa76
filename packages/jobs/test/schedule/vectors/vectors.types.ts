/** A fact that the tests of another scheduler assert. */
export interface Vector {
  expression: string
  zone: string
  /** Instants, ISO 8601. */
  from: string
  expected: string[]
}

export interface Source {
  /** Project and file, at the commit that was read. */
  name: string
  vectors: Vector[]
}

/** A row of a table: the times expected, one after the other. */
export const vector = (expression: string, zone: string, from: string, ...expected: string[]): Vector => ({
  expression,
  zone,
  from,
  expected,
})
