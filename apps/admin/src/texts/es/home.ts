import type { Texts } from '../index.ts'
import { common, counted } from './common.ts'

const { people } = common
const runs = (n: number) => counted(n, { one: 'ejecución', other: 'ejecuciones' })
const jobs = (n: number) => counted(n, { one: 'tarea', other: 'tareas' })
const messages = (n: number) => counted(n, { one: 'mensaje', other: 'mensajes' })

export const home: Texts['home'] = {
  title: 'Inicio',
  verdict: {
    good: (today, next) => `Todo bien – ${today}, ${next}`,
    needsYou: (n) =>
      counted(n, { one: 'asunto requiere tu atención', other: 'asuntos requieren tu atención' }),
    runsToday: (n) => (n === 0 ? 'hoy aún ninguna ejecución' : `${runs(n)} hoy`),
    next: (job, at, ago) => `próxima «${job}» a las ${at} (${ago})`,
    nextOn: (job, at, ago) => `próxima «${job}» el ${at} (${ago})`,
    nothingPlanned: 'nada previsto',
    running: (n) => `${runs(n)} en marcha`,
    jobsDisabled: 'Las tareas están desactivadas: nada se ejecuta solo',
  },
  attention: {
    title: 'Requiere atención',
    none: 'Nada requiere tu atención.',
    more: (n) => `y ${n} más`,
    unreached: (job, n, total) =>
      `${job}: ${n} de ${people(total)} no lo ${n === 1 ? 'recibió' : 'recibieron'}`,
    runFailed: (job) => `${job}: la acción falló`,
    runExpired: (job) => `${job}: una ejecución no pudo terminar dentro de su plazo`,
    runsFailed: (n) => `${runs(n)} fallidas en los últimos 7 días; esta es la más reciente`,
    missed: (job, n) => `${job} perdió ${runs(n)}`,
    between: (from, to) => `de ${from} a ${to}`,
    uncertain: (job, n) => `${job}: no se sabe si ${n === 1 ? 'llegó' : 'llegaron'} ${messages(n)}`,
    paused: (job) => `${job} está en pausa`,
    breaker: (job) => `${job} se detuvo tras repetirse el mismo error varias veces`,
    pausedBy: (who) => `por ${who}`,
    overdue: (job, late) => `${job} lleva ${late} de retraso`,
    blocked: (action, state, n) =>
      `/${action}: acción ${state}; ${n === 1 ? '1 tarea la espera' : `${jobs(n)} la esperan`}`,
    actionsBroken: (n) =>
      `No se ${n === 1 ? 'pudo' : 'pudieron'} cargar ${counted(n, { one: 'acción', other: 'acciones' })}`,
    schedulerPaused: (who) => `${who} pausó el planificador: ninguna tarea se ejecuta sola`,
    jobsPaused: (n) => `${jobs(n)} en pausa`,
    telegram: {
      connected: 'Telegram vuelve a responder',
      unreachable: 'No se puede contactar con Telegram',
      conflict: 'Otro programa recoge las novedades de este bot',
      unauthorized: 'Telegram no acepta el token',
    },
    degraded: 'No se puede escribir en la base de datos',
    unreachable: (now, before) =>
      `${people(now)} ${now === 1 ? 'dejó de ser accesible' : 'dejaron de ser accesibles'} esta semana, ${before} la anterior`,
    dismiss: 'Descartar',
    dismissed: 'Descartado hasta que ocurra algo nuevo.',
    bringBack: 'Recuperar',
    showDismissed: (n) => `${counted(n, { one: 'descartado', other: 'descartados' })}: mostrar`,
    hideDismissed: 'Ocultar lo descartado',
    retry: (n) => `Reintentar ${n}`,
    why: 'Por qué',
    runLatest: 'Ejecutar ahora',
    resume: 'Reanudar',
    open: 'Abrir',
    settle: 'Decidir',
    about: (verb, what) => `${verb}: ${what}`,
  },
  running: {
    title: 'En marcha',
    none: 'No hay nada en marcha.',
    noneNext: (job, ago) => `No hay nada en marcha. «${job}» llega ${ago}.`,
    perSecond: (n) => `${n}/s`,
    left: (words) => `unos ${words}`,
    progress: (job, done, total) => `${job}: ${done} de ${total} listos`,
    more: (n) => `${n} más en Ejecuciones`,
  },
  upcoming: {
    title: 'Próximas 24 horas',
    none: 'Ninguna tarea se ejecuta en las próximas 24 horas.',
    summary: (n, messageCount) => `${runs(n)}, ${messages(messageCount)}`,
    strip: (n) => `${runs(n)} en las próximas 24 horas; cuanto más alta la marca, más personas`,
    at: (at, who, n) => `${at} ${who} · ${people(n)}`,
    inHour: (at, n, people) => `${at} ${runs(n)} · ${messages(people)}`,
    together: (first, n) => `${first} y ${n} más`,
    all: 'Todo en el calendario',
    list: 'Como lista',
  },
  days: {
    title: 'Últimos 14 días',
    sent: 'enviados',
    failed: 'fallidos',
    unreachable: 'inaccesibles',
    none: 'No se envió nada en los últimos 14 días.',
    table: 'Como tabla',
    day: 'Día',
    summary: (sent, failed, unreachable) =>
      `Entregas de los últimos 14 días: ${sent} enviadas, ${failed} fallidas, ${unreachable} inaccesibles`,
    of: (day, sent, failed, unreachable) =>
      `${day}: ${sent} enviadas, ${failed} fallidas, ${unreachable} inaccesibles`,
  },
  week: {
    title: 'Esta semana frente a la anterior',
    delivered: 'Entregados',
    successRate: 'Éxito',
    people: 'Personas alcanzadas',
    medianLagMs: 'Retraso mediano',
    last: (words) => `semana pasada ${words}`,
    unknown: 'aún no se sabe',
    same: 'como la semana pasada',
    better: (change) => `${change}, mejor`,
    worse: (change) => `${change}, peor`,
    points: (n) => `${n} puntos`,
  },
  first: {
    title: 'Primeros pasos',
    progress: (done, total) => `${done} de ${total} hechos`,
    hide: 'Ocultar',
    done: 'hecho',
    hello: 'Saluda en el chat',
    helloNote: 'Pulsa Start como una de las personas emuladas y escribe al bot.',
    user: 'Añádete como usuario',
    userNote: 'Por tu ID de Telegram, que te dice @userinfobot; en el emulador vale cualquier número.',
    permission: 'Da un permiso',
    permissionNote: 'Di quién puede usar una acción.',
    job: 'Crea una tarea',
    jobNote: 'Una acción que se ejecuta sola, cada día a las nueve.',
    token: 'Conecta un token real',
    tokenNote: 'De @BotFather, para dejar el emulador.',
  },
}
