import { type Delivery, type DeliveryQuery, mostAtOnce } from '@kamihi/contracts'
import { api } from '../api/api.ts'
import { everyPage } from '../api/everyPage.ts'

/** The deliveries of a run that a query finds, as many as may be changed at once. */
export async function everyDelivery(runId: string, asked: DeliveryQuery): Promise<Delivery[]> {
  const find = (query: object) => api.listDeliveries({ params: { id: runId }, query: { ...asked, ...query } })
  return (await everyPage(find, mostAtOnce)).slice(0, mostAtOnce)
}
