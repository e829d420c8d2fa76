/** What is shown before anybody is signed in. */
export const entrance = {
  signIn: 'Sign in',
  signingIn: 'Signing in …',
  signInAgain: 'Sign in again',
  sessionEnded: 'Your session has ended. What you were doing is kept.',
  signInInstead: 'Sign in instead',
  userName: 'User name',
  password: 'Password',
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  setUp: 'Set up',
  welcome: 'Welcome',
  welcomeNote: 'Make the first account. It owns this bot and may do everything.',
  passwordHint: 'At least 12 characters; a few words in a row are good.',
  create: 'Create account',
  creating: 'Creating …',
  incomplete: 'This link is not complete',
  incompleteNote:
    'Open the link exactly as you got it: from the console of the bot, or from an owner. It can be opened once.',
  almostThere: 'Almost there',
  noOwner: 'Nobody can sign in yet: this bot has no owner.',
  openLink:
    'Open the set-up link that the bot printed on its console when it started. It works once and makes the first account.',
  linkTooOld: 'It is too old, or out of sight? Stop the bot and start it again to get a new one.',
}
