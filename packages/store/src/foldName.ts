/** A user name as it is compared: neither capital letters nor other ways to write the same letter make another name. */
export const foldName = (username: string): string => username.normalize('NFKC').toLowerCase()
