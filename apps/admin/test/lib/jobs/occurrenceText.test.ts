import type { OccurrenceWhy } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { occurrenceText } from '../../../src/lib/jobs/occurrenceText.ts'
import { es } from '../../../src/texts/es/index.ts'
import * as en from '../../../src/texts/index.ts'

const at = '2026-11-24T10:00:00.000Z'
const told = (why: OccurrenceWhy, texts = en) =>
  occurrenceText(
    { at, local: '', outcome: 'ran', sentence: 'as the server says', why, run: null, from: null, to: null },
    texts,
    (instant) => instant.slice(11, 16),
  )
const ana = { at, by: 'Ana' }
const span = { from: at, to: '2026-11-24T12:00:00.000Z', count: 3 }

const cases: [OccurrenceWhy, string, string][] = [
  [
    { kind: 'began', at, state: 'partial', ended: true, done: 2, total: 3 },
    'It began at 10:00 and ended as partial, 2 of 3 done.',
    'Comenzó a las 10:00 y terminó como parcial, 2 de 3 hechas.',
  ],
  [
    { kind: 'skipped', reason: 'overlap', cause: { kind: 'overlap', runId: 'x' }, detail: null, span: null },
    'Run x had not ended.',
    'La ejecución anterior no había terminado.',
  ],
  [
    {
      kind: 'skipped',
      reason: 'paused',
      cause: { kind: 'paused', scope: 'job', by: 'Ana', reason: 'holiday' },
      detail: null,
      span,
    },
    'Paused by Ana: holiday. It is one of 3 that passed from 10:00 to 12:00.',
    'La tarea estaba en pausa, por Ana: holiday. Es una de 3 que pasaron desde 10:00 hasta 12:00.',
  ],
  [
    { kind: 'missed', gap: { from: at, to: null }, span: null },
    'The bot has not been running since 10:00.',
    'El bot no está en marcha desde 10:00.',
  ],
  [
    { kind: 'disabled', since: ana, until: { at: span.to, by: 'Luis' } },
    'The job was disabled: Ana switched it off at 10:00, Luis switched it on again at 12:00.',
    'La tarea estaba desactivada: Ana la desactivó (10:00) y Luis la volvió a activar (12:00).',
  ],
  [
    { kind: 'not_created', ...ana },
    'The job did not exist yet: Ana created it at 10:00.',
    'La tarea aún no existía: Ana la creó (10:00).',
  ],
]

describe('why a job ran at a time, or did not,', () => {
  it.each(cases)('is said in the language of the reader: %j', (why, english, spanish) => {
    expect(told(why)).toBe(english)
    expect(told(why, es)).toBe(spanish)
  })

  it('of a row from before causes were kept is told by its reason', () => {
    const old: OccurrenceWhy = { kind: 'skipped', reason: 'overlap', cause: null, detail: 'x', span: null }
    expect(told(old, es)).toBe(es.states.skip.overlap)
  })

  it('is told in the words of the server when this page does not know it', () => {
    expect(told({ kind: 'newer' } as unknown as OccurrenceWhy, es)).toBe('as the server says')
  })
})
