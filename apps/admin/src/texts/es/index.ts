import type { Texts } from '../en/index.ts'
import { accounts } from './accounts.ts'
import { actions } from './actions.ts'
import { audit } from './audit.ts'
import { common } from './common.ts'
import { entrance } from './entrance.ts'
import { forms } from './forms.ts'
import { home } from './home.ts'
import { jobs } from './jobs.ts'
import { list } from './list.ts'
import { palette } from './palette.ts'
import { people } from './people.ts'
import { problems } from './problems.ts'
import { runs } from './runs.ts'
import { schedule } from './schedule.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { states } from './states.ts'
import { time } from './time.ts'

/** Spanish. */
export const es: Texts = {
  shell,
  people,
  palette,
  forms,
  entrance,
  actions,
  common,
  jobs,
  list,
  problems,
  runs,
  states,
  time,
  settings,
  schedule,
  home,
  audit,
  accounts,
}
