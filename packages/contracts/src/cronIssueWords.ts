import type { CronFieldName, CronIssue } from './cronIssue.ts'

const five = 'minute hour day month weekday'

/** What is wrong with a cron expression, in English. */
export function cronIssueWords(issue: CronIssue): string {
  switch (issue.kind) {
    case 'empty':
      return 'It is empty.'
    case 'too_long':
      return `It has ${issue.length} characters; at most ${issue.most} are allowed.`
    case 'date':
      return 'It is a date; a cron expression is expected.'
    case 'nickname':
      return `There is no nickname "${issue.given}"; known are ${issue.known.join(', ')}.`
    case 'field_count':
      return fieldCount(issue)
    case 'never_fires':
      return 'It never fires: there is no such date.'
    case 'not_understood':
      return 'It is not understood.'
    default:
      return inFieldWords(issue)
  }
}

function fieldCount({ count, withSeconds }: Extract<CronIssue, { kind: 'field_count' }>): string {
  const given = count === 6 ? 'six fields' : count === 1 ? '1 field' : `${count} fields`
  if (withSeconds) return `It has ${given}; five (${five}) or six (second ${five}) are expected.`
  const seconds = count === 6 ? ' Seconds are accepted when jobs.allow_seconds is true.' : ''
  return `It has ${given}; five are expected (${five}).${seconds}`
}

function inFieldWords(issue: Extract<CronIssue, { field: CronFieldName }>): string {
  const { field, given } = issue
  switch (issue.kind) {
    case 'item_not_understood':
      return `"${given}" is not understood as the ${field}.`
    case 'parts_do_not_go_together':
      return `"${given}" is not understood as the ${field}: its parts do not go together.`
    case 'empty_place':
      return `The list "${given}" of the ${field} has an empty place.`
    case 'step_needs_range':
      return `The step "${given}" of the ${field} needs a range: */step, or from-to/step within ${issue.low}-${issue.high}.`
    case 'word_not_allowed':
      return `"${given}" is not allowed in the ${field}; allowed are ${issue.allowed.join(', ')}.`
    case 'out_of_range':
      return `The ${field} ${given} is out of range; ${issue.low}-${issue.high} are allowed.`
    case 'nth_out_of_range':
      return `The ${field} #${given} is out of range; #1-#5 are allowed.`
    case 'step_out_of_range':
      return `The step ${given} of the ${field} is out of range; 1-${issue.most} are allowed.`
    case 'backwards':
      return `The range "${given}" of the ${field} runs backwards.`
  }
}
