/** A cursor that no page of this list, sorted like this, has given. */
export class BadCursor extends Error {
  constructor() {
    super('This cursor is none of this list in this order. Begin again without a cursor.')
    this.name = 'BadCursor'
  }
}
