/** Action files import `kamihi`: that has to be the copy that runs them, wherever the project lies. */
export const actionModules = async (): Promise<Record<string, object>> => ({
  kamihi: await import('./index.ts'),
})
