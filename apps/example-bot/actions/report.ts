import { defineAction } from 'kamihi'

export default defineAction({
  description: 'Sends everyone their own report',
  async run({ user, users, job }) {
    const whom = user ? (user.name ?? `user ${user.telegramId}`) : `all ${users.length} of you`
    const when = job ? job.scheduledFor.toISOString().slice(11, 16) : 'now'
    return `📊 Report of ${when} for **${whom}**: everything is in order.`
  },
})
