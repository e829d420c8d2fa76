import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'

/** What a project shows when it runs on the stand-in for the first time: `demo.yaml` beside its configuration. */
export interface Demo {
  users: { telegramId: number; name: string; admin?: boolean }[]
  roles: { name: string; users: number[] }[]
  permissions: { action: string; users?: number[]; roles?: string[] }[]
  jobs: {
    name?: string
    action: string
    cron: string
    perUser?: boolean
    users?: number[]
    roles?: string[]
    args?: Record<string, unknown>
  }[]
}

/** The demo of a project, or null when it has none. @throws Error that names the file when it is no YAML mapping. */
export function readDemo(projectDir: string): Demo | null {
  const file = join(projectDir, 'demo.yaml')
  if (!existsSync(file)) return null
  const content = load(readFileSync(file, 'utf8'))
  if (typeof content !== 'object' || content === null)
    throw new Error(`${file} is not a mapping of users, roles, permissions and jobs.`)
  return { users: [], roles: [], permissions: [], jobs: [], ...content }
}
