import { checkExposure } from '@kamihi/admin-api'
import type { Config } from '@kamihi/core'
import { error, type Finding, ok, warning } from './finding.ts'

/** Who can reach the dashboard, by the settings. */
export function exposureFinding({ web }: Config): Finding {
  const check = 'exposure'
  if (!web.enabled) return ok(check, 'There is no dashboard.')
  try {
    checkExposure(web)
  } catch (reason) {
    return error(check, (reason as Error).message, 'Change these settings: the bot does not start with them.')
  }
  const { publicUrl } = web
  if (publicUrl === null) return ok(check, `Only this machine reaches the dashboard, on port ${web.port}.`)
  if (web.insecure && publicUrl.startsWith('http:'))
    return warning(
      check,
      `The dashboard is used at ${publicUrl}: passwords travel unprotected.`,
      'Put a proxy with TLS in front of it, and set web.public_url to its https address.',
    )
  return ok(check, `The dashboard is used at ${publicUrl}.`)
}
