import { api } from '../api/api.ts'

/** Asks for whom sending a run again would be now. */
export const retryOutlookQuery = (id: string) => ({
  queryKey: ['runs', 'one', id, 'retry'],
  queryFn: () => api.getRetryOutlook({ params: { id } }),
  // Later runs change it, and what is told of those does not name this one.
  staleTime: 0,
})
