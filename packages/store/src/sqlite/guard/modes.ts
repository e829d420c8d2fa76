import { chmodSync } from 'node:fs'

/** Everything that lies beside a database and holds what is in it, or tells about it. */
const companions = ['', '-wal', '-shm', '.id', '.reserve']

/** Only the owner may read what people's names and tokens are in. A file of somebody else stays as it is: writing decides whether it can be used. */
export function keepPrivate(path: string): void {
  if (path === ':memory:') return
  for (const suffix of companions) {
    try {
      chmodSync(`${path}${suffix}`, 0o600)
    } catch {
      // It does not exist, or is not ours.
    }
  }
}
