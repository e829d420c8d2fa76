const docs = 'https://github.com/kamihi-org/kamihi-ts/blob/main/docs'

/** Pages of the documentation that somebody needs who begins with something. */
export const guides = {
  actions: `${docs}/concepts/commands.md`,
  api: `${docs}/guides/api.md`,
  jobs: `${docs}/guides/scheduling.md`,
  permissions: `${docs}/concepts/permissions.md`,
  telegram: `${docs}/guides/telegram.md`,
} as const
