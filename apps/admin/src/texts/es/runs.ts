import type { Texts } from '../index.ts'
import { common, counted } from './common.ts'
import { deliveries } from './deliveries.ts'

const { people } = common
const runsOf = (n: number) => counted(n, { one: 'ejecución', other: 'ejecuciones' })

export const runs: Texts['runs'] = {
  title: 'Ejecuciones',
  one: 'Ejecución',
  many: 'ejecuciones',
  named: (job, at) => `la ejecución de ${job}, ${at}`,
  note: 'Qué se ejecutó, cuándo y cómo terminó.',
  columns: {
    state: 'Estado',
    job: 'Tarea',
    trigger: 'Origen',
    scheduledFor: 'Prevista para',
    started: 'Comenzó',
    lag: 'Retraso',
    duration: 'Duración',
    sent: 'Enviados',
    notSent: 'No enviados',
    reason: 'Motivo',
  },
  filters: {
    state: 'Estado',
    job: 'Tarea',
    trigger: 'Origen',
    action: 'Acción',
    person: 'Persona',
    hasFailures: 'No llegó a todos',
    duplicated: 'Quizá duplicada',
    dryRun: 'Simulacro',
    started: 'Comenzó',
  },
  dryRun: 'simulacro',
  isDryRun: 'Simulacro',
  empty: 'Aún no hay ejecuciones',
  emptyHelp: 'Aquí aparece una ejecución cuando llega la hora de una tarea o se ejecuta a mano.',
  ofAllJobs: 'Ejecuciones de todas las tareas',
  howItGoes: 'Cómo va',
  verdict: {
    queued: 'Espera su turno.',
    acting: 'La acción se está ejecutando.',
    running: (done, total) => `${done} de ${people(total)} hechas.`,
    paused: (waiting) => `En pausa; ${waiting} esperan.`,
    pausedBy: (who, waiting) => `En pausa por ${who}; ${waiting} esperan.`,
    breaker: (waiting) =>
      `En pausa tras el mismo error varias veces seguidas; ${waiting} esperan. Reanúdala cuando esté arreglado.`,
    skipped: 'No se ejecutó nada.',
    expired: 'No pudo terminar dentro de su plazo.',
    cancelled: (sent, cancelled) => `Cancelada: ${sent} la recibieron, ${cancelled} no.`,
    dry: 'Simulacro: no se envió nada. Abajo está lo que recibiría cada persona.',
    dryActionFailed: 'La acción falló. No se envió nada.',
    dryTried: (tried, failed) =>
      failed === 0
        ? `Probada para ${people(tried)}. No se envió nada.`
        : `Probada para ${people(tried)}; falló para ${failed}. No se envió nada.`,
    dryTriedSome: (tried, failed, unreachable) => {
      const others = unreachable === 1 ? 'Otra es inaccesible' : `Otras ${unreachable} son inaccesibles`
      return failed === 0
        ? `Probada para ${people(tried)}. ${others}. No se envió nada.`
        : `Probada para ${people(tried)}; falló para ${failed}. ${others}. No se envió nada.`
    },
    dryUnreachable: 'Nadie es accesible, así que no se probó para nadie.',
    dryCancelled: (tried, cancelled) =>
      `Cancelada: probada para ${people(tried)}, no para ${cancelled}. No se envió nada.`,
    nobody: 'La acción se ejecutó; no había a quién enviar.',
    nothing: 'La acción se ejecutó y no devolvió nada que enviar.',
    sent: (n) => `Enviado a ${people(n)}.`,
    sentSome: (n, silent) => `Enviado a ${people(n)}. Para ${silent} no había nada que enviar.`,
    failed: 'La acción falló.',
    missedOut: (missed, total) =>
      `${missed} de ${people(total)} no lo ${missed === 1 ? 'recibió' : 'recibieron'}.`,
    missedSome: (missed, total, fine) =>
      `${missed} de ${people(total)} no lo ${missed === 1 ? 'recibió' : 'recibieron'}; ${fine} sí.`,
  },
  cancelling: 'Cancelándose: no se atiende a nadie más.',
  nobodyYet: 'nadie todavía',
  speed: (rate, permitted) => `${rate} de ${permitted} permitidos por segundo`,
  eta: (words) => `quedan unos ${words}`,
  waitsUntil: (time) => `Telegram ha pedido esperar hasta las ${time}; después sigue solo.`,
  progressOf: (done, total) => `${done} de ${people(total)}`,
  facts: {
    trigger: 'Origen',
    scheduledFor: 'Prevista para',
    startedAfter: 'Comenzó tras',
    duration: 'Duración',
    mode: 'Modo',
    sendsAgain: 'Reenvía',
    earlierRun: 'una ejecución anterior',
    args: 'Argumentos',
    key: 'Clave',
  },
  buttons: {
    resume: 'Reanudar',
    cancel: 'Cancelar',
    retry: 'Reintentar solo los fallidos',
    retryOf: (people) => `Reintentar solo los fallidos (${people})`,
    again: 'Ejecutar otra vez con estos argumentos',
    job: 'Tarea',
  },
  bars: {
    open: 'La ejecución aún no ha terminado',
    ended: 'La ejecución ya ha terminado',
    cancelling: 'La ejecución ya se está cancelando',
    dry: 'Fue un simulacro: lo que muestra nunca se envía',
    nobodyMissed: 'No hay nadie que no lo haya recibido',
    neverRan: 'Se omitió: no se ejecutó nada',
    jobDeleted: 'La tarea de esta ejecución se eliminó. Restáurala primero.',
  },
  copyLink: 'Copiar enlace',
  linkCopied: 'El enlace a la ejecución está copiado.',
  linkNotCopied: (link) => `El navegador no ha permitido copiarlo: ${link}`,
  cancelTitle: '¿Cancelar esta ejecución?',
  cancelText: (waiting, busy) => {
    const missed = `${people(waiting)} en espera no lo ${waiting === 1 ? 'recibirá' : 'recibirán'}.`
    if (busy === 0) return waiting === 0 ? 'No se envía nada más.' : `${missed} No hay nadie en curso.`
    const rest = `${people(busy)} en curso aún ${busy === 1 ? 'puede' : 'pueden'} recibirlo: lo que está en camino llega.`
    return waiting === 0 ? `No hay nadie en espera. ${rest}` : `${missed} ${rest}`
  },
  cancelKeep: 'Seguir ejecutando',
  cancelledAfter: (done, total) => `Cancelada después de ${done} de ${total}`,
  cancelledBy: (who, done, total) => `Cancelada por ${who} después de ${done} de ${total}`,
  cancelConfirm: 'Cancelar ejecución',
  retryTitle: '¿Enviar de nuevo?',
  retryText: (n) => `Una nueva ejecución envía de nuevo a ${people(n)} que no lo recibieron, y a nadie más.`,
  retryReach: (n) =>
    `Una nueva ejecución envía de nuevo a ${people(n)} que no lo recibieron y a quienes se puede alcanzar.`,
  retryConfirm: (n) => `Enviar a ${people(n)}`,
  retryConfirmEmulator: (n) => `Enviar a ${people(n)} en el emulador`,
  retryTry: (n) => `Intentarlo con ${people(n)}`,
  retryNobody: (why) =>
    `Ahora no se puede alcanzar a nadie de quienes no lo recibieron (${why}): se intenta, y solo lo reciben si han vuelto a abrir el bot.`,
  retryDone:
    'Todas las personas que no lo recibieron lo recibieron en una ejecución posterior, o se les está enviando ahora.',
  retryApart: (n, why) =>
    n === 1
      ? `A otra persona no se la puede alcanzar ahora (${why}): también se intenta, y solo lo recibe si ha vuelto a abrir el bot.`
      : `A otras ${n} personas no se las puede alcanzar ahora (${why}): también se intenta, y solo lo reciben si han vuelto a abrir el bot.`,
  retryApartUnknown: (n) =>
    n === 1
      ? 'A otra persona no se la pudo alcanzar: también se intenta, y solo lo recibe si ha vuelto a abrir el bot.'
      : `A otras ${n} personas no se las pudo alcanzar: también se intenta, y solo lo reciben si han vuelto a abrir el bot.`,
  unreachableFor: {
    not_started: (n) => (n === 1 ? '1 nunca inició el bot' : `${n} nunca iniciaron el bot`),
    blocked: (n) => (n === 1 ? '1 bloqueó el bot' : `${n} bloquearon el bot`),
    deactivated: (n) => (n === 1 ? '1 cuenta está desactivada' : `${n} cuentas están desactivadas`),
    not_found: (n) => (n === 1 ? 'Telegram no encuentra a 1' : `Telegram no encuentra a ${n}`),
  },
  bulkRetryTitle: (n) => `¿Enviar de nuevo lo que no entregaron ${runsOf(n)}?`,
  bulkRetryText: (n, chosen, reached) =>
    `De ${runsOf(chosen)} en la selección, ${n} no ${n === 1 ? 'llegó' : 'llegaron'} a todos. Por cada una, otra ejecución envía de nuevo a quienes no lo recibieron (${people(reached)}, contando cada ejecución) y a nadie más.`,
  bulkRetryNone: 'Ninguna de las ejecuciones elegidas se puede enviar de nuevo',
  bulkRetryNoneWhy: 'Cada una sigue en curso, fue un simulacro o llegó a todos.',
  bulkCancelTitle: (n) => `¿Cancelar ${runsOf(n)}?`,
  bulkCancelText: (n, chosen) =>
    n === chosen
      ? `De ${runsOf(chosen)} en la selección, no ha terminado ninguna.`
      : `De ${runsOf(chosen)} en la selección, ${n} no ${n === 1 ? 'ha' : 'han'} terminado.`,
  bulkCancelConfirm: (n) => `Cancelar ${runsOf(n)}`,
  bulkCancelNone: 'Ninguna de las ejecuciones elegidas se puede cancelar',
  bulkCancelNoneWhy: 'Cada una ha terminado o ya se está cancelando.',
  bulkKeep: 'Seguir ejecutándolas',
  bulkDone: (changed) => `${changed} hechas.`,
  bulkRefused: (n) => `${n} no se pudieron hacer:`,
  timeline: {
    title: 'Cronología',
    due: 'prevista',
    queued: 'en cola',
    started: 'comenzó',
    audience_resolved: 'destinatarios resueltos',
    action_called: 'acción llamada',
    action_returned: 'acción terminada',
    first_sent: 'primer envío',
    waited: 'espera a Telegram',
    last_sent: 'último envío',
    paused: 'en pausa',
    resumed: 'reanudada',
    cancel_requested: 'cancelación pedida',
    finished: 'terminó',
    after: (words) => `tras ${words}`,
    firstOf: (n, last) => `la primera de ${n}, la última estaba prevista ${last}`,
    onceForAll: 'una vez para todos',
    waitUntil: (at, n) => (n === 1 ? `hasta ${at}` : `hasta ${at}, pedida ${n} veces`),
    sent: (n) => (n === 1 ? '1 enviado' : `${n} enviados`),
    by: (who, reason) => (reason ? `por ${who}: ${reason}` : `por ${who}`),
    byHand: 'ejecutada a mano',
    dryRun: 'un simulacro',
    again: 'para quienes otra ejecución no alcanzó',
    askedBy: (what, who) => `${what}, pedida por ${who}`,
  },
  reasons: {
    title: 'Motivos',
    show: (words) => `Mostrar esos: ${words}`,
    markReachable: (words) => `Marcar como accesibles: ${words}`,
    class: 'Tipo de fallo',
    classes: {
      action_error: 'Error en la acción',
      action_missing: 'Falta la acción',
      timeout: 'Tardó demasiado',
      interrupted: 'Interrumpida',
      ambiguous: 'No se sabe si llegó',
      bad_request: 'Rechazado por Telegram',
      network: 'Telegram no respondió',
      flood: 'Telegram pidió esperar',
      migrated: 'El chat se mudó',
      unauthorized: 'Token del bot rechazado',
      blocked: 'Ha bloqueado el bot',
      deactivated: 'Cuenta desactivada',
      not_started: 'No ha iniciado el bot',
      not_found: 'Telegram no lo encuentra',
      user_removed: 'Ya no es usuario',
      cancelled: 'Cancelado',
      expired: 'Plazo vencido',
    },
    inState: (words, state) => `${words} (${state})`,
    said: (kind, message) => `${kind}: ${message}`,
  },
  deliveries,
  logs: {
    title: 'Registro',
    level: 'Nivel',
    fromLevel: (level) => `${level} y superiores`,
    levels: {
      trace: 'traza',
      debug: 'depuración',
      info: 'información',
      success: 'éxito',
      warning: 'aviso',
      error: 'error',
      critical: 'crítico',
    },
    none: 'La acción no escribió nada en su registro.',
    more: 'Mostrar más',
    wrap: 'Ajustar líneas',
    download: 'Descargar',
    onlyOf: (who) => `Solo de ${who}`,
  },
  snapshot: 'Como era al ejecutarse',
}
