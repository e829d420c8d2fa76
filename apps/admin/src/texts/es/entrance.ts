import type { Texts } from '../index.ts'

export const entrance: Texts['entrance'] = {
  signIn: 'Iniciar sesión',
  signingIn: 'Iniciando sesión…',
  signInInstead: 'Iniciar sesión en su lugar',
  userName: 'Nombre de usuario',
  password: 'Contraseña',
  showPassword: 'Mostrar la contraseña',
  hidePassword: 'Ocultar la contraseña',
  byLink: 'Iniciar sesión con este enlace',
  byLinkNote: 'Te lo ha enviado el bot. Funciona una sola vez y durante cinco minutos.',
  linkOver: 'Este enlace ya no es válido',
  linkOverNote: 'Funciona una sola vez y durante cinco minutos. Escribe /admin al bot para recibir otro.',
  setUp: 'Configuración',
  welcome: 'Te damos la bienvenida',
  welcomeNote: 'Crea la primera cuenta. Es la propietaria de este bot y puede hacerlo todo.',
  passwordHint: 'Al menos 12 caracteres; varias palabras seguidas van bien.',
  create: 'Crear cuenta',
  creating: 'Creando…',
  incomplete: 'Este enlace no está completo',
  incompleteNote:
    'Le falta el secreto, que desaparece de la dirección al abrirlo y se pierde al recargar la página. Vuelve a abrir el enlace tal como lo recibiste, de la consola del bot o de un propietario: sigue valiendo hasta que se use.',
  almostThere: 'Ya casi está',
  noOwner: 'Todavía nadie puede iniciar sesión: este bot no tiene propietario.',
  openLink:
    'Abre el enlace de configuración que el bot mostró en su consola al arrancar. Sirve una sola vez y crea la primera cuenta.',
  linkTooOld: '¿Ha caducado o ya no lo ves? Detén el bot y vuelve a arrancarlo para obtener otro.',
}
