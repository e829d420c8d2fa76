import { type ArgLimitWords, limitsIn } from '@kamihi/contracts'
import type { Texts } from '../index.ts'
import { cronIssue } from './cronIssue.ts'
import { states } from './states.ts'

const here: Readonly<Record<string, string>> = {
  job: 'esa tarea',
  'archived job': 'esa tarea entre las eliminadas',
  run: 'esa ejecución',
  delivery: 'esa entrega',
  user: 'ese usuario',
  role: 'ese rol',
  permission: 'ese permiso',
  action: 'esa acción',
  account: 'esa cuenta',
  session: 'esa sesión',
  token: 'ese token',
}
const fields: Readonly<Record<string, string>> = {
  name: 'ese nombre',
  username: 'ese nombre de usuario',
  telegramId: 'ese ID de Telegram',
  telegramUserId: 'ese ID de Telegram',
}
const types: Readonly<Record<string, string>> = {
  integer: 'un número entero',
  number: 'un número',
  string: 'un texto',
  boolean: 'verdadero o falso (true o false)',
  array: 'una lista',
  object: 'un objeto',
}
const degraded = {
  full: 'El disco de la base de datos está lleno.',
  readonly: 'La base de datos es de solo lectura.',
  io: 'El disco de la base de datos no responde.',
  corrupt: 'La base de datos está dañada.',
  vanished: 'El archivo de la base de datos se eliminó o se reemplazó.',
}
const limitWords: ArgLimitWords = {
  minimum: (limit) => `al menos ${limit}`,
  maximum: (limit) => `como mucho ${limit}`,
  exclusiveMinimum: (limit) => `más de ${limit}`,
  exclusiveMaximum: (limit) => `menos de ${limit}`,
  multipleOf: (limit) => `múltiplo de ${limit}`,
  minLength: (limit) => `de ${limit} caracteres o más`,
  maxLength: (limit) => `de ${limit} caracteres como mucho`,
  format: (_, example) => `como ${example}`,
}
const quoted = (names: readonly string[]): string => names.map((name) => `«${name}»`).join(', ')
const list = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ')

export const issues: Texts['issues'] = {
  no_such: ({ thing }) => `No existe ${here[thing] ?? thing}.`,
  not_left_out: () => 'Esa ejecución no se iba a omitir.',
  changed_meanwhile: () => 'Alguien lo ha cambiado entretanto. Vuelve a cargarlo.',
  taken: ({ field }) => `Ya existe otro con ${fields[field] ?? field}.`,
  unknown_ids: ({ ids }) => `Algo de lo elegido ya no existe: ${ids.join(', ')}.`,
  role_needed: ({ needs, has }) => `Hace falta el rol ${needs}; el tuyo es ${has}.`,
  token_may_not: ({ method, path }) =>
    `Un token de la API no puede hacer ${method} ${path}. Inicia sesión y hazlo en persona.`,
  token_unknown: () => 'El token de la API no existe, ha caducado o se ha revocado.',
  sign_in_old: ({ minutes }) => `Han pasado más de ${minutes} minutos desde que iniciaste sesión.`,
  too_many_sign_ins: () => 'Demasiados inicios de sesión a la vez.',
  too_many_streams: () => 'Demasiadas páginas abiertas a la escucha.',
  wait: ({ seconds }) => `Demasiados intentos. Espera ${seconds} segundos.`,
  bot_not_connected: () => 'El bot no está conectado a Telegram, así que no puede enviar el código.',
  account_not_linked: ({ username }) =>
    `Hace falta un código del bot. Vincula antes la cuenta: kamihi owner link ${username} <telegram-id>`,
  code_sent: () => 'El bot te ha enviado un código.',
  codes_only: () => 'Pide un código del bot.',
  code_again: () => 'Inicia sesión otra vez con un código del bot.',
  password_first: () => 'Inicia sesión primero con tu contraseña; el código llega después.',
  no_codes_now: () => 'web.auth.bot_code está desactivado, o el bot no está conectado a Telegram.',
  newer_setup_link: () => 'Usa el último enlace de configuración que muestra la consola.',
  used_link: () => 'Ya se usó, ha caducado o se creó otro más nuevo. Pide otro enlace.',
  other_owner_first: () => 'Haz antes propietario a otra persona: si no, nadie podría crear cuentas.',
  admins_by_owners: () => 'Solo los propietarios dicen quién es administrador. Pídeselo a uno.',
  admin_by_owners: () =>
    'Este usuario es administrador: solo los propietarios pueden eliminarlo o cambiar su ID de Telegram. Pídeselo a uno.',
  locks_by_owners: () => 'Solo los propietarios bloquean o desbloquean un rol. Pídeselo a uno.',
  locked_by_owners: ({ roles }) =>
    roles.length === 1
      ? `El rol ${quoted(roles)} está bloqueado: solo los propietarios lo cambian y dicen quién lo tiene. Pídeselo a uno.`
      : `Los roles ${quoted(roles)} están bloqueados: solo los propietarios los cambian y dicen quién los tiene. Pídeselo a uno.`,
  member_by_owners: ({ roles }) =>
    `Este usuario tiene ${roles.length === 1 ? 'un rol bloqueado' : 'roles bloqueados'} (${quoted(roles)}): solo los propietarios pueden eliminarlo o cambiar su ID de Telegram. Pídeselo a uno.`,
  linked_by_owners: ({ accounts }) =>
    `El bot envía a este usuario los códigos de ${accounts.join(', ')} para iniciar sesión aquí: solo los propietarios pueden eliminarlo o cambiar su ID de Telegram. Pídeselo a uno.`,
  switch_jobs_on: () => 'Pon jobs.enabled a true (KAMIHI_JOBS__ENABLED=true) y arranca el bot de nuevo.',
  key_used: ({ runId }) =>
    `La clave se usó para la ejecución ${runId}, con otros argumentos u otras personas. Usa una clave nueva.`,
  run_open: () => 'Espera a que termine, cancélala o elige qué hacer.',
  ended_as: ({ state }) => `Terminó como «${states.run[state]}».`,
  only_paused_resumes: () => 'Solo se puede reanudar una ejecución en pausa.',
  end_first: () => 'Espera a que termine o cancélala antes.',
  job_does_not_run: () => 'La tarea está desactivada o no se puede programar: no se ejecuta por sí sola.',
  job_runs_no_more: () => 'La tarea no vuelve a ejecutarse.',
  not_at_that_time: ({ at, hasPassed, nearest }) => {
    const what = hasPassed ? 'Esa hora ya ha pasado.' : `La tarea no se ejecuta a esa hora: ${at}.`
    return nearest.length === 0 ? what : `${what} Lo más cercano: ${nearest.join(', ')}.`
  },
  delivery_under_way: () => 'Todavía se está enviando. Espera a que termine o cancélala.',
  delivery_arrived: () => 'Ya ha llegado. Para enviar algo nuevo, ejecuta la tarea.',
  others_first: () => 'Su ejecución todavía atiende a otras personas. Espera a que termine o cancélala.',
  delivery_waits_not: ({ state }) =>
    state === 'acting' || state === 'sending'
      ? 'Está en curso ahora mismo y no se puede retirar. Inténtalo cuando espere, o cancela la ejecución.'
      : `Solo se puede dejar fuera lo que aún espera; esta está «${states.delivery[state]}».`,
  delivery_ended_as: ({ state }) =>
    `Solo se puede decidir sobre una entrega incierta; esta está «${states.delivery[state]}».`,
  slot_has_run: () => 'Esa hora ya tiene una ejecución, y cada hora tiene como mucho una.',
  slot_ahead: () => 'Todavía no es la hora, o el planificador está a punto de ejecutarla.',
  slot_of_none: ({ nearest }) =>
    nearest.length === 0
      ? 'La tarea no se ejecuta a esa hora.'
      : `La tarea no se ejecuta a esa hora. Lo más cercano: ${nearest.join(', ')}.`,
  slot_unrecorded: () =>
    'No consta nada de esa hora, así que no se sabe si la tarea se ejecutó. Ejecútala sin indicar hora.',
  bot_away: () => 'Espera a que el bot esté conectado a Telegram.',
  telegram_wait: ({ seconds }) => `Telegram pide esperar ${seconds} s.`,
  telegram_silent: ({ detail }) => `Telegram no lo ha dicho: ${detail}`,
  database: ({ reason }) => degraded[reason],
  database_locked: () => 'Otro proceso tiene bloqueada la base de datos.',
  database_closed: () => 'La base de datos no está disponible.',

  is_taken: () => 'ya está en uso',
  does_not_exist: () => 'nombra algo que no existe',
  is_wrong: () => 'no es correcta',
  not_before: ({ other }) => `tiene que ser anterior a \`${other}\``,
  too_long_after: ({ other, days }) =>
    `no puede estar más de ${days === 1 ? 'un día' : `${days} días`} después de \`${other}\``,
  stale_cursor: () => 'no es de esta lista en este orden: empieza de nuevo sin cursor',
  ids_or_filter: () => 'da ids o un filtro; un filtro vacío significa todo',
  finds_too_many: ({ limit }) => `encuentra más de ${limit}, el máximo de una vez: acótalo`,
  may_say_overlap: () => 'puede decir qué hacer con la ejecución abierta',
  no_occurrence: () => 'no es una hora a la que se ejecute la tarea',
  no_run_between: () => 'no deja ninguna hora a la que se ejecutaría la tarea: muévelo, o el comienzo',
  cron: ({ issue, suggestion }) => {
    const what = `Expresión cron no válida. ${cronIssue(issue)}`
    return suggestion === null ? what : `${what} ¿Querías decir «${suggestion}»?`
  },
  timezone: ({ given }) => `Zona horaria desconocida: «${given}». Usa UTC o un nombre como Europe/Madrid.`,
  no_such_action: ({ given, known }) =>
    `No hay ninguna acción llamada «${given}». Existen: ${known.join(', ') || 'ninguna'}.`,
  missing_arg: ({ name }) => `No se da «${name}» y será null.`,
  wrong_type: ({ name, given, type, values, limits = {} }) => {
    const kind = [types[type] ?? type, limitsIn(limits, limitWords)].filter(Boolean).join(': ')
    const expected = values ? `uno de ${list(values)}` : kind
    return `«${name}» es ${JSON.stringify(given)}; se espera ${expected}.`
  },
  unknown_arg: ({ name, meant }) => {
    const what = `La acción no pregunta nada llamado «${name}».`
    return meant === null ? what : `${what} ¿Querías decir «${meant}»?`
  },

  unknown_field: () => 'no es un campo de esta petición',
  required: () => 'es obligatorio',
  type: ({ type }) => `tiene que ser ${types[type] ?? type}`,
  one_of: ({ values }) => `tiene que ser uno de ${list(values)}`,
  telegram_service: () => 'es una cuenta del propio Telegram, por la que hablan otros: no es una persona',
  username: () => 'solo puede tener letras, cifras y . _ - @, sin espacios',
  exactly: ({ value }) => `tiene que ser ${JSON.stringify(value)}`,
  min_length: ({ limit }) =>
    limit === 1 ? 'no puede quedar vacío' : `necesita al menos ${limit} caracteres`,
  max_length: ({ limit }) => `puede tener como mucho ${limit} caracteres`,
  minimum: ({ limit }) => `tiene que ser ${limit} o más`,
  maximum: ({ limit }) => `tiene que ser ${limit} o menos`,
  json_too_much: ({ of, limit }) =>
    `puede tener como mucho ${limit} ${{ levels: 'niveles, unos dentro de otros', keys: 'claves', bytes: 'bytes' }[of]}`,
  min_items: ({ limit }) => `debe contener al menos ${limit}`,
  max_items: ({ limit }) => `puede contener como mucho ${limit}`,
  format: ({ format }) => `tiene que tener el formato ${format}, como 2026-11-24T08:00:00.000Z`,

  password_too_short: ({ length, least }) => `Tiene ${length} caracteres; hacen falta al menos ${least}.`,
  password_too_long: ({ length, most }) => `Tiene ${length} caracteres; como mucho pueden ser ${most}.`,
  password_repetitive: () => 'Repite muy pocos caracteres.',
  password_holds_username: () => 'Contiene el nombre de usuario.',
  password_hardly_more: ({ word }) => `Es poco más que «${word}».`,
  password_common: () => 'Es una de las contraseñas más comunes.',
  password_keyboard_row: () => 'Es una fila del teclado.',
}
