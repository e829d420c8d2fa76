/** Keeps what was made for a key; what was asked for longest ago is let go first. */
export function rememberLast<T>(most: number): (key: string, make: () => T) => T {
  const known = new Map<string, T>()
  return (key, make) => {
    const value = known.has(key) ? (known.get(key) as T) : make()
    known.delete(key)
    known.set(key, value)
    if (known.size > most) known.delete(known.keys().next().value ?? '')
    return value
  }
}
