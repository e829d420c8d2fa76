import type { Texts } from '../index.ts'

const because = (reason: string | null) => (reason ? `: ${reason}` : '.')

export const why: Texts['why'] = {
  causes: {
    overlap: () => 'La ejecución anterior no había terminado.',
    displaced: () => 'Una ejecución más reciente ocupó su lugar en la cola.',
    no_recipients: () => 'Se ejecuta por usuario y no hay nadie elegido.',
    action_missing: ({ action }) => `La acción ${action} no está en el código.`,
    missed: ({ count }) => (count === 1 ? '1 perdida.' : `${count} perdidas.`),
    paused: ({ scope, by, reason }) =>
      scope === 'job'
        ? `La tarea estaba en pausa, por ${by}${because(reason)}`
        : `El planificador estaba en pausa, por ${by}${because(reason)}`,
    requested: ({ by, reason }) => `${by} pidió omitirla${because(reason)}`,
    restored: () =>
      'Estaba abierta al hacerse la copia de seguridad con la que se restauró la base de datos.',
  },
  waits: 'Espera su turno.',
  neverBegan: (state) => `Terminó como ${state} antes de comenzar.`,
  running: (at, state) => `Comenzó a las ${at} y está ${state}.`,
  ended: (at, state) => `Comenzó a las ${at} y terminó como ${state}.`,
  endedOf: (at, state, done, total) =>
    `Comenzó a las ${at} y terminó como ${state}, ${done} de ${total} hechas.`,
  skipped: 'Se omitió.',
  tooLate: 'El planificador funcionaba, pero llegó tarde a ella.',
  oneOf: (n, from, to) => `Es una de ${n} que pasaron desde ${from} hasta ${to}.`,
  jobPaused: (who, at, reason) => `${who} tiene la tarea en pausa desde ${at}${because(reason)}`,
  schedulerPaused: (who, at, reason) => `${who} tiene el planificador en pausa desde ${at}${because(reason)}`,
  leftOut: (who, reason) => `${who} pidió omitirla${because(reason)}`,
  isDisabled: 'La tarea está desactivada.',
  isDisabledBy: (who, at) => `La tarea está desactivada: ${who} la desactivó (${at}).`,
  wasDisabled: (until, at) => `La tarea estaba desactivada; ${until} la volvió a activar (${at}).`,
  wasDisabledBy: (who, at, until, untilAt) =>
    `La tarea estaba desactivada: ${who} la desactivó (${at}) y ${until} la volvió a activar (${untilAt}).`,
  edited: (was, who, at) => `El horario era ${was} hasta que ${who} lo cambió (${at}).`,
  notCreated: (who, at) => `La tarea aún no existía: ${who} la creó (${at}).`,
  notStarted: (at) => `La tarea empieza más tarde, a las ${at}.`,
  hasEnded: (at) => `La tarea termina antes, a las ${at}.`,
  archived: (who, at) => `${who} eliminó la tarea (${at}).`,
  off: 'El bot no estaba en marcha.',
  offUntil: (to) => `El bot no estuvo en marcha hasta ${to}.`,
  offSince: (from) => `El bot no está en marcha desde ${from}.`,
  offBetween: (from, to) => `El bot no estuvo en marcha desde ${from} hasta ${to}.`,
  jobsDisabled: 'Las tareas están desactivadas: nada se ejecuta hasta que jobs.enabled sea true.',
  due: 'Ha llegado su hora, y el planificador aún no la ha tratado.',
  upcoming: 'Se ejecutará a esa hora.',
  unrecorded: 'Ya no se sabe nada de ella: se editó la tarea después, o su historial se ha eliminado.',
  failures: {
    ended_acting: 'El proceso terminó mientras se ejecutaba la acción; no se sabe hasta dónde llegó.',
    ended_sending: 'El proceso terminó con el mensaje en el aire; puede haber llegado.',
    restored_acting:
      'La copia de seguridad se hizo mientras se ejecutaba la acción; no se sabe hasta dónde llegó.',
    restored_sending: 'La copia de seguridad se hizo con el mensaje en el aire; puede haber llegado.',
    action_missing: 'La acción no está en el código.',
    user_removed: 'Esta persona ya no es usuario.',
  },
  failureClasses: {
    timeout: 'Se detuvo la acción porque tardaba demasiado.',
    flood: 'Telegram pidió esperar.',
    migrated: 'El chat se ha mudado.',
  },
  degraded: {
    full: 'El disco de la base de datos está lleno.',
    readonly: 'La base de datos es de solo lectura.',
    io: 'El disco de la base de datos no responde.',
    corrupt: 'La base de datos está dañada.',
    vanished: 'El archivo de la base de datos se eliminó o se reemplazó.',
  },
}
