import { spoken } from '../spoken.ts'
/** What the keys of the configuration are for, by key: in English as the server describes them. */
export const settingKeys = spoken<Record<string, string>>('settingKeys', {})
