import { StoreError } from '../../store.ts'
import { restoreHint } from './restoreHint.ts'

/** Hears of what the database itself refused, whichever verb met it. */
export interface FailureWatch {
  onFailure(listener: (failure: StoreError) => void): () => void
  /** From now on every watched verb rejects with this. */
  seal(failure: StoreError): void
  /** The same verbs, watched. */
  watch<G extends object>(verbs: G): G
}

type Verb = (...args: unknown[]) => Promise<unknown>

export function createFailureWatch(path: string): FailureWatch {
  const listeners = new Set<(failure: StoreError) => void>()
  const seal: { failure: StoreError | null } = { failure: null }
  const tell = (error: unknown): unknown => {
    if (!(error instanceof StoreError)) return error
    const failure = error.code === 'corrupt' ? withHint(error, path) : error
    for (const listener of listeners) listener(failure)
    return failure
  }
  const watched =
    (verb: Verb): Verb =>
    async (...args) => {
      if (seal.failure) throw seal.failure
      try {
        return await verb(...args)
      } catch (error) {
        throw tell(error)
      }
    }
  return {
    onFailure(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    seal(failure) {
      seal.failure = failure
    },
    watch: (verbs) =>
      Object.fromEntries(
        Object.entries(verbs).map(([name, verb]) => [name, watched(verb as Verb)]),
      ) as typeof verbs,
  }
}

const withHint = (error: StoreError, path: string): StoreError =>
  new StoreError('corrupt', `${path} is damaged: ${error.message}. ${restoreHint(path)}`, { cause: error })
