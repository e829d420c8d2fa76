import { type Issue, issueWords, wordsOfIssue } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { issueText } from '../../../src/lib/api/issueText.ts'
import { jobWarning } from '../../../src/lib/jobs/jobWarning.ts'
import { es } from '../../../src/texts/es/index.ts'
import * as en from '../../../src/texts/index.ts'

const cron: Issue = {
  kind: 'cron',
  issue: { kind: 'out_of_range', field: 'minute', given: '99', low: 0, high: 59 },
  suggestion: null,
}
const seen: [Issue, string][] = [
  [cron, 'Expresión cron no válida. En el minuto, 99 queda fuera; se permite 0-59.'],
  [
    {
      kind: 'cron',
      issue: { kind: 'field_count', count: 6, withSeconds: false },
      suggestion: '0 9 * * *',
    },
    'Expresión cron no válida. Tiene 6 campos; se esperan cinco (minuto, hora, día, mes y día de la semana). Los segundos se aceptan si jobs.allow_seconds es true. ¿Querías decir «0 9 * * *»?',
  ],
  [{ kind: 'taken', thing: 'user', field: 'telegramId' }, 'Ya existe otro con ese ID de Telegram.'],
  [{ kind: 'no_such', thing: 'job' }, 'No existe esa tarea.'],
  [{ kind: 'min_length', limit: 1 }, 'no puede quedar vacío'],
  [{ kind: 'one_of', values: ['a', 'b'] }, 'tiene que ser uno de "a", "b"'],
  [{ kind: 'role_needed', needs: 'owner', has: 'viewer' }, 'Hace falta el rol owner; el tuyo es viewer.'],
  [
    { kind: 'not_at_that_time', at: '2026-11-24T08:00:00.000Z', hasPassed: true, nearest: [] },
    'Esa hora ya ha pasado.',
  ],
]

describe('what is wrong', () => {
  it.each(seen)('is said in Spanish: %j', (issue, text) => {
    expect(issueText(issue, 'in English', es.issues)).toBe(text)
  })

  it('is said in English as the server says it', () => {
    expect(issueText(cron, '', en.issues)).toBe(wordsOfIssue(cron, issueWords))
  })

  it('is told in the words of the server when this page does not know it', () => {
    const newer = { kind: 'of_a_newer_server' } as unknown as Issue
    expect(issueText(newer, 'Something else is wrong.', es.issues)).toBe('Something else is wrong.')
    expect(issueText(undefined, 'Something else is wrong.', es.issues)).toBe('Something else is wrong.')
  })

  it('with an argument is a warning that says what was given', () => {
    const issue = { kind: 'wrong_type', name: 'city', given: 7, type: 'string' } as const
    const warning = { code: 'wrong_type', path: '/args/city', message: 'in English', issue }
    expect(jobWarning(warning, es)).toBe('«city» es 7; se espera un texto.')
    const limits = { minimum: 1, maximum: 5 }
    const outside = { kind: 'wrong_type', name: 'n', given: 9, type: 'integer', limits } as const
    expect(issueText(outside, 'in English', es.issues)).toBe(
      '«n» es 9; se espera un número entero: al menos 1, como mucho 5.',
    )
    expect(jobWarning({ code: 'no_recipients', path: '/perUser', message: '' }, es)).toMatch(/usuario/)
  })
})
