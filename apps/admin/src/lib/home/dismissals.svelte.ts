import type { AttentionItem } from '@kamihi/contracts'
import { isDismissed, readDismissed, withDismissed, withoutDismissed } from './dismissed.ts'

/** What the holder of an account does not want to see any more; kept by the browser, never sent. */
export function createDismissals(accountId: string) {
  const name = `kamihi.dismissed.${accountId}`
  let dismissed = $state.raw(readDismissed(localStorage.getItem(name)))
  function keep(now: typeof dismissed): void {
    dismissed = now
    localStorage.setItem(name, JSON.stringify(now))
  }
  return {
    has: (item: AttentionItem): boolean => isDismissed(item, dismissed),
    dismiss: (item: AttentionItem): void => keep(withDismissed(dismissed, item)),
    bringBack: (item: AttentionItem): void => keep(withoutDismissed(dismissed, item)),
  }
}
export type Dismissals = ReturnType<typeof createDismissals>
