/** What of a control this needs. */
type Control = Pick<HTMLInputElement, 'validity' | 'checkValidity'>

/**
 * The controls of a form that say of themselves that they cannot be taken as they are, in their order; asking makes each show why.
 * What the browser finds wrong by itself, like an empty field, is left to the schemas: what they refuse is told in the reader's language.
 */
export function unreadyOf<T extends Control>(controls: Iterable<T>): T[] {
  const unready = [...controls].filter(({ validity }) => validity?.customError)
  for (const control of unready) control.checkValidity()
  return unready
}
