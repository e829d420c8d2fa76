import { relative } from 'node:path'
import type { Registry } from '@kamihi/core'
import { counted } from '../words.ts'
import { type Finding, ok, warning } from './finding.ts'

/** Files of actions that fail to load, each with its line. */
export function actionFindings(actions: Pick<Registry, 'list' | 'broken'>): Finding[] {
  const check = 'actions'
  const broken = actions
    .broken()
    .map(({ where, message }) =>
      warning(
        check,
        `${relative('', where)} could not be loaded: ${message}`,
        'Mend that file, and start the bot again.',
      ),
    )
  return broken.length > 0
    ? broken
    : [ok(check, `${counted(actions.list().length, 'action')} can be loaded.`)]
}
