import { codeOf } from './api.ts'

interface Asked {
  resolve: () => void
  reject: (reason: unknown) => void
}
let asked = $state.raw<Asked | null>(null)
let pending: Promise<void> | null = null
let isDeclined = $state(false)

/** Whether the password has to be entered again now; the dialog over the page answers. */
export const reauthentication = {
  get isAsked(): boolean {
    return asked !== null
  },
  /** True after somebody did not want to enter it: what a page shows is not asked for again by itself. */
  get isDeclined(): boolean {
    return isDeclined
  },
  /** The password was right: what waited for it goes on. */
  done(): void {
    isDeclined = false
    asked?.resolve()
    asked = null
  },
  /** Nobody entered it: what waited for it fails as it did. */
  cancel(): void {
    if (!asked) return
    isDeclined = true
    asked.reject(null)
    asked = null
  },
  /** From now on a page may ask again. */
  allow(): void {
    isDeclined = false
  },
}

/** One question for everything that waits for it. */
function ask(): Promise<void> {
  pending ??= new Promise<void>((resolve, reject) => {
    asked = { resolve, reject }
  }).finally(() => {
    pending = null
  })
  return pending
}

/**
 * Does what only a fresh sign-in may do: when the server wants the password again, asks for it and repeats. What a page does `byItself`
 * does not ask again once somebody has declined.
 */
export async function freshly<T>(work: () => Promise<T>, { byItself = false } = {}): Promise<T> {
  try {
    return await work()
  } catch (refusal) {
    if (codeOf(refusal) !== 'reauth_required' || (byItself && isDeclined)) throw refusal
    await ask().catch(() => {
      throw refusal
    })
    return work()
  }
}
