// Passwords, links and tokens by themselves: the command line makes them without loading the server.
export { issueLink } from './auth/accountLinks.ts'
export { hashPassword } from './auth/passwords.ts'
export { newApiToken, prefixOfToken, sha256 } from './auth/secrets.ts'
export { weaknessOf } from './auth/weakness.ts'
