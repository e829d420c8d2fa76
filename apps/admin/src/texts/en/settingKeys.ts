/** What the keys of the configuration are for, by key: in English as the server describes them. */
export const settingKeys: Record<string, string> = {}
