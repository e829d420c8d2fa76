export type Level = 'ok' | 'warning' | 'error'

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at, the same word in every version, e.g. `disk_space`. */
  check: string
  level: Level
  /** One sentence. */
  found: string
  /** What to do about it; null when it is well. */
  action: string | null
}

export const ok = (check: string, found: string): Finding => ({ check, level: 'ok', found, action: null })
export const warning = (check: string, found: string, action: string): Finding => ({
  check,
  level: 'warning',
  found,
  action,
})
export const error = (check: string, found: string, action: string): Finding => ({
  check,
  level: 'error',
  found,
  action,
})

/** The worst level of all findings. */
export const worst = (findings: Finding[]): Level =>
  findings.some(({ level }) => level === 'error')
    ? 'error'
    : findings.some(({ level }) => level === 'warning')
      ? 'warning'
      : 'ok'
