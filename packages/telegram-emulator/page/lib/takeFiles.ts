import { type SentAs, whyRefused } from './attachments.ts'
import type { Draft } from './drafts.svelte.ts'
import { readAttachment } from './readAttachment.ts'

/** Puts files into a draft; those that Telegram would not take are complained about. */
export async function takeFiles(
  draft: Draft,
  files: Iterable<File>,
  complain: (words: string) => void,
  as: SentAs | null = null,
): Promise<void> {
  for (const file of files) {
    const why = whyRefused(file)
    if (why) complain(why)
    else draft.files = [...draft.files, await readAttachment(file, as)]
  }
}
