import { api } from '../api/api.ts'

/** Ends the session, and shows the sign-in. */
export async function signOut(): Promise<void> {
  await api.signOut()
  location.assign('/')
}
