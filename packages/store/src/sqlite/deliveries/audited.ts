import type { deliveries } from '../schema.ts'

/** A delivery as the audit log names it: by whom it is for. */
export const auditedDelivery = ({
  id,
  userName,
  telegramId,
}: Pick<typeof deliveries.$inferSelect, 'id' | 'userName' | 'telegramId'>) => ({
  kind: 'delivery',
  id,
  label: userName ?? String(telegramId),
})
