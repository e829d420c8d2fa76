export { type AdminApi, type AdminApiOptions, createAdminApi } from './adminApi.ts'
export { hashPassword, weaknessOf } from './auth/passwords.ts'
export { newApiToken, sha256 } from './auth/secrets.ts'
export { openApiDocument } from './openApi.ts'
