import { codeOf } from '../api/api.ts'

interface Asked {
  resolve: () => void
  reject: (reason: unknown) => void
}
let asked = $state.raw<Asked | null>(null)
let pending: Promise<void> | null = null

/** Whether the password has to be entered again now; the dialog over the page answers. */
export const reauthentication = {
  get isAsked(): boolean {
    return asked !== null
  },
  /** The password was right: what waited for it goes on. */
  done(): void {
    asked?.resolve()
    asked = null
  },
  /** Nobody entered it: what waited for it fails as it did. */
  cancel(): void {
    asked?.reject(null)
    asked = null
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

/** Does what only a fresh sign-in may do: when the server wants the password again, asks for it and repeats. */
export async function freshly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (refusal) {
    if (codeOf(refusal) !== 'reauth_required') throw refusal
    await ask().catch(() => {
      throw refusal
    })
    return work()
  }
}
