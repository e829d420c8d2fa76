import type { JobPreviewRequest } from '@kamihi/contracts'
import { createQuery, keepPreviousData } from '@tanstack/svelte-query'
import { api } from '../api/api.ts'
import { language } from '../display/i18n.svelte.ts'
import { isZone } from '../display/zone.ts'
import type { JobDraft } from './jobDraft.ts'

const pauseMs = 250

/** What the server says about a job while it is being written: next runs, people, warnings. */
export function createPreview(draft: () => JobDraft, count: () => number) {
  let asked = $state.raw<JobPreviewRequest | null>(null)

  $effect(() => {
    const request = requestOf(draft(), count())
    const timer = setTimeout(() => {
      asked = request
    }, pauseMs)
    return () => clearTimeout(timer)
  })

  return createQuery(() => ({
    queryKey: ['previews', 'draft', asked],
    queryFn: () => api.previewJob({ body: asked as JobPreviewRequest }),
    enabled: asked !== null && canAsk(asked),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  }))
}

/** What cannot have a next run is not asked about. */
const canAsk = ({ cronExpression, timezone = null }: JobPreviewRequest): boolean =>
  cronExpression.trim() !== '' && (timezone === null || isZone(timezone))

function requestOf(draft: JobDraft, count: number): JobPreviewRequest {
  const { cronExpression, timezone, startsAt, endsAt, ...rest } = $state.snapshot(draft)
  const { userIds, roleIds, action, args, perUser } = rest
  return {
    ...{ cronExpression, timezone, startsAt, endsAt, userIds, roleIds, args, perUser, count },
    locale: language(),
    ...(action ? { action } : {}),
  }
}

export type Preview = ReturnType<typeof createPreview>
