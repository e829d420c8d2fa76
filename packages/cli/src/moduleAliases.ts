import { fileURLToPath } from 'node:url'

/** Action files import `kamihi`: that has to be the copy that runs them, wherever the project lies. */
export const moduleAliases = (): Record<string, string> => ({
  kamihi: fileURLToPath(new URL('./index.js', import.meta.url)),
})
