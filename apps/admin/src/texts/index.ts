// Every text of the dashboard, by part, in the language that was chosen: `import * as t`, then `{t.jobs.title}`.
// A page loads the parts that it names, so `t` itself is given to nothing.
import type * as all from './index.ts'

export { accounts } from './en/accounts.ts'
export { actions } from './en/actions.ts'
export { audit } from './en/audit.ts'
export { common } from './en/common.ts'
export { entrance } from './en/entrance.ts'
export { forms } from './en/forms.ts'
export { home } from './en/home.ts'
export { issues } from './en/issues.ts'
export { jobs } from './en/jobs.ts'
export { list } from './en/list.ts'
export { palette } from './en/palette.ts'
export { people } from './en/people.ts'
export { problems } from './en/problems.ts'
export { runs } from './en/runs.ts'
export { schedule } from './en/schedule.ts'
export { settingKeys } from './en/settingKeys.ts'
export { settings } from './en/settings.ts'
export { shell } from './en/shell.ts'
export { states } from './en/states.ts'
export { time } from './en/time.ts'
export { why } from './en/why.ts'

export type Texts = typeof all
