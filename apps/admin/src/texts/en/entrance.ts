import { spoken } from '../spoken.ts'
/** What is shown before anybody is signed in. */
export const entrance = spoken('entrance', {
  signIn: 'Sign in',
  signingIn: 'Signing in …',
  signInInstead: 'Sign in instead',
  userName: 'User name',
  password: 'Password',
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  byLink: 'Sign in with this link',
  byLinkNote: 'The bot has sent it to you. It works once, for five minutes.',
  linkOver: 'This link is not valid any more',
  linkOverNote: 'It works once, for five minutes. Write /admin to the bot to get another one.',
  setUp: 'Set up',
  welcome: 'Welcome',
  welcomeNote: 'Make the first account. It owns this bot and may do everything.',
  passwordHint: 'At least 12 characters; a few words in a row are good.',
  create: 'Create account',
  creating: 'Creating …',
  incomplete: 'This link is not complete',
  incompleteNote:
    'Its secret is missing: it leaves the address at once and is gone when the page is loaded again. Open the link again as you got it, from the console of the bot or from an owner: it still works until it was used.',
  almostThere: 'Almost there',
  noOwner: 'Nobody can sign in yet: this bot has no owner.',
  openLink:
    'Open the set-up link that the bot printed on its console when it started. It works once and makes the first account.',
  linkTooOld: 'It is too old, or out of sight? Stop the bot and start it again to get a new one.',
})
