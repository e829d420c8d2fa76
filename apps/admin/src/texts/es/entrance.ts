import type { Texts } from '../en/index.ts'

export const entrance: Texts['entrance'] = {
  signIn: 'Iniciar sesión',
  signingIn: 'Iniciando sesión…',
  signInAgain: 'Vuelve a iniciar sesión',
  sessionEnded: 'Tu sesión ha terminado. Lo que estabas haciendo se conserva.',
  signInInstead: 'Iniciar sesión en su lugar',
  userName: 'Nombre de usuario',
  password: 'Contraseña',
  showPassword: 'Mostrar la contraseña',
  hidePassword: 'Ocultar la contraseña',
  setUp: 'Configuración',
  welcome: 'Te damos la bienvenida',
  welcomeNote: 'Crea la primera cuenta. Es la propietaria de este bot y puede hacerlo todo.',
  passwordHint: 'Al menos 12 caracteres; varias palabras seguidas van bien.',
  create: 'Crear cuenta',
  creating: 'Creando…',
  incomplete: 'Este enlace no está completo',
  incompleteNote:
    'Abre el enlace tal como lo recibiste: de la consola del bot o de un propietario. Solo puede abrirse una vez.',
  almostThere: 'Ya casi está',
  noOwner: 'Todavía nadie puede iniciar sesión: este bot no tiene propietario.',
  openLink:
    'Abre el enlace de configuración que el bot mostró en su consola al arrancar. Sirve una sola vez y crea la primera cuenta.',
  linkTooOld: '¿Ha caducado o ya no lo ves? Detén el bot y vuelve a arrancarlo para obtener otro.',
}
