import type { SignInOptions } from '@kamihi/contracts'

/** What the sign-in asks for now. */
export type SignInStep = 'password' | 'name' | 'code'

/** Where a sign-in begins: with a password, unless only codes are taken. */
export const firstStep = ({ require }: SignInOptions): SignInStep => (require === 'bot' ? 'name' : 'password')

/** The other way to sign in that can be taken instead; null: there is none. */
export function otherWay(step: SignInStep, { require, botCode }: SignInOptions): SignInStep | null {
  if (require !== 'password') return null
  if (step === 'password') return botCode ? 'name' : null
  return 'password'
}

/** Whether another code can be asked for without a password. */
export const canAskAgain = ({ require }: SignInOptions): boolean => require !== 'password+bot'
