import type { deliveries as english } from '../en/deliveries.ts'
import { common } from './common.ts'

const { people } = common

export const deliveries: typeof english = {
  title: 'Entregas',
  many: 'entregas',
  person: 'Persona',
  attempts: 'Intentos',
  messages: 'Mensajes',
  tried: 'probado, sin enviar',
  wouldGet: 'Recibiría',
  nextTry: 'Próximo intento',
  twice: 'quizá dos veces',
  twiceHelp: 'El proceso se detuvo con este mensaje en el aire: puede haber llegado dos veces.',
  uncertainHelp:
    'El proceso se detuvo con este mensaje en el aire y la tarea envía como mucho una vez: puede haber llegado o no.',
  uncertainAsk:
    'Si sabes que llegó, dilo. Si no llegó, envíalo de nuevo: si al final había llegado, quedará dos veces.',
  arrived: 'Llegó',
  arrivedTo: (who) => `Le llegó a ${who}`,
  isArrived: (who) => `Anotado: le llegó a ${who}.`,
  resolvedBy: (who) => `${who} dijo que llegó`,
  retry: 'Reintentar',
  again: 'Enviar de nuevo',
  againEmulator: 'Enviar de nuevo en el emulador',
  bulkTitle: (n) => `¿Enviar de nuevo a quienes no lo recibieron, de ${people(n)}?`,
  bulkText:
    'Una nueva ejecución lo envía a las personas elegidas a las que no llegó ni esta ejecución ni un reintento posterior, y a nadie más. También se intenta con quien no se puede alcanzar.',
  retryTo: (who) => `Reintentar con ${who}`,
  againTo: (who) => `Enviar de nuevo a ${who}`,
  againTitle: (who) => `¿Enviar de nuevo a ${who}?`,
  againText: (who) => `Una nueva ejecución lo envía a ${who}, y a nadie más.`,
  againTwice: (who) =>
    `Una nueva ejecución lo envía a ${who}, y a nadie más. Si al final había llegado, lo tendrá dos veces.`,
  againActs: (who) =>
    `La acción no tenía nada para ${who}. Una nueva ejecución la llama otra vez, para nadie más, y envía lo que devuelva.`,
  againGone: (who) =>
    `Una nueva ejecución lo envía a ${who}, y a nadie más. No se le pudo llegar: no recibirá nada hasta que vuelva a abrir el bot.`,
  againConfirm: (who) => `Enviar a ${who}`,
  againConfirmEmulator: (who) => `Enviar a ${who} en el emulador`,
  chat: 'Abrir chat',
  chatOf: (who) => `Abrir chat de ${who} en el emulador`,
  messageIds: (ids) => `ID ${ids}`,
  none: 'Sin destinatarios',
  noneHelp: 'Esta ejecución no tenía a quién enviar.',
  details: 'Detalles',
  showDetails: (who) => `Detalles de la entrega a ${who}`,
  detailsOf: (who) => `Entrega a ${who}`,
  attemptsMade: 'Cuántos',
  began: 'Empezó',
  ended: 'Terminó',
  tookInAll: (words) => `tras ${words} en total`,
  result: 'Qué pasó',
  waitsFree: 'la espera que pide Telegram no cuenta',
  tries: 'Los que no tuvieron éxito',
  timesUntil: (n, last) => `${n} veces, la última ${last}`,
  triedAgain: (at) => `nuevo intento ${at}`,
  leaveOut: 'Dejar fuera',
  leaveOutFor: (who) => `Dejar fuera a ${who} de esta ejecución`,
  leaveOutTitle: (who) => `¿Dejar fuera a ${who}?`,
  leaveOutText: (who) =>
    `${who} no recibe lo que aún no se ha enviado; la ejecución sigue para los demás. Más tarde se puede volver a enviar con un reintento.`,
  leaveOutConfirm: (who) => `Dejar fuera a ${who}`,
  isLeftOut: (who) => `${who} queda fuera.`,
  mayHaveArrived: (who) => `No se envía nada más, pero puede que ya le haya llegado a ${who}.`,
  notBegun: 'no ha empezado',
  sentAt: 'Enviado',
  messageId: 'Mensaje',
  nothingSent: 'No se envió nada.',
  sentOrNot: 'No se sabe si se envió.',
  output: 'Lo que devolvió',
}
