import type { CronFieldName, CronIssue } from '@kamihi/contracts'

const field: Record<CronFieldName, string> = {
  second: 'el segundo',
  minute: 'el minuto',
  hour: 'la hora',
  'day of month': 'el día del mes',
  month: 'el mes',
  weekday: 'el día de la semana',
}
const five = 'minuto, hora, día, mes y día de la semana'

/** Qué está mal en una expresión cron. */
export function cronIssue(issue: CronIssue): string {
  switch (issue.kind) {
    case 'empty':
      return 'Está vacía.'
    case 'too_long':
      return `Tiene ${issue.length} caracteres; como mucho pueden ser ${issue.most}.`
    case 'date':
      return 'Es una fecha; se espera una expresión cron.'
    case 'nickname':
      return `No existe el atajo «${issue.given}»; existen ${issue.known.join(', ')}.`
    case 'field_count':
      return fieldCount(issue)
    case 'never_fires':
      return 'Nunca se cumple: esa fecha no existe.'
    case 'not_understood':
      return 'No se entiende.'
    default:
      return ofField(issue)
  }
}

function fieldCount({ count, withSeconds }: Extract<CronIssue, { kind: 'field_count' }>): string {
  const given = count === 1 ? 'Tiene 1 campo' : `Tiene ${count} campos`
  if (withSeconds) return `${given}; se esperan cinco (${five}) o seis, con el segundo delante.`
  const seconds = count === 6 ? ' Los segundos se aceptan si jobs.allow_seconds es true.' : ''
  return `${given}; se esperan cinco (${five}).${seconds}`
}

function ofField(issue: Extract<CronIssue, { field: CronFieldName }>): string {
  const { given } = issue
  const where = `En ${field[issue.field]}`
  switch (issue.kind) {
    case 'item_not_understood':
      return `${where}, «${given}» no se entiende.`
    case 'parts_do_not_go_together':
      return `${where}, «${given}» no se entiende: sus partes no encajan.`
    case 'empty_place':
      return `${where}, la lista «${given}» tiene un hueco vacío.`
    case 'step_needs_range':
      return `${where}, el paso «${given}» necesita un intervalo: */paso, o desde-hasta/paso dentro de ${issue.low}-${issue.high}.`
    case 'word_not_allowed':
      return `${where} no se permite «${given}»; se permiten ${issue.allowed.join(', ')}.`
    case 'out_of_range':
      return `${where}, ${given} queda fuera; se permite ${issue.low}-${issue.high}.`
    case 'nth_out_of_range':
      return `${where}, #${given} queda fuera; se permite de #1 a #5.`
    case 'step_out_of_range':
      return `${where}, el paso ${given} queda fuera; se permite 1-${issue.most}.`
    case 'backwards':
      return `${where}, el intervalo «${given}» va hacia atrás.`
  }
}
