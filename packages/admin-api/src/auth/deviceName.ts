import { readUserAgent } from '@kamihi/contracts'

/** `Firefox on Linux`, in our words alone: what a stranger calls their browser may be a letter to whoever reads it. */
export function deviceName(userAgent: string): string {
  const { browser, system } = readUserAgent(userAgent)
  if (!browser) return 'a browser that is not known'
  return system ? `${browser} on ${system}` : browser
}
