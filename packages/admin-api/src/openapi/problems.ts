import type { Endpoint, EndpointName, ErrorCode } from '@kamihi/contracts'
import { Nothing } from '@kamihi/contracts'

const schedule: ErrorCode[] = [
  'invalid_cron',
  'invalid_period',
  'invalid_timezone',
  'invalid_args',
  'unknown_action',
  'unknown_reference',
]

/** Codes that an endpoint may refuse with, beside those that follow from what it takes and from who may call it. */
const own: Partial<Record<EndpointName, ErrorCode[]>> = {
  setUp: ['setup_done', 'setup_token_invalid', 'weak_password', 'invalid_credentials'],
  signIn: ['invalid_credentials', 'password_off', 'bot_code_required', 'telegram_not_linked'],
  requestBotCode: ['bot_code_off'],
  signInWithBotCode: ['bot_code_invalid', 'invalid_credentials'],
  signInWithLink: ['link_invalid', 'invalid_credentials'],
  // Nobody is let through; a wrong token is refused.
  getEntrance: ['unauthenticated'],
  reauthenticate: ['wrong_password', 'password_off'],
  getOwnAccount: ['not_found'],
  changeOwnPassword: ['wrong_password', 'weak_password', 'invalid_credentials'],
  createAccount: ['duplicate', 'unknown_reference'],
  updateAccount: ['last_owner', 'unknown_reference', 'version_conflict'],
  deleteAccount: ['last_owner'],
  lookAtLink: ['link_invalid'],
  acceptLink: ['link_invalid', 'weak_password'],
  // Viewers may neither sort by what they do not see, nor ask for it.
  listDeliveries: ['forbidden'],
  exportDeliveries: ['forbidden'],
  listUsers: ['forbidden'],
  exportUsers: ['forbidden'],
  createUser: ['duplicate', 'unknown_reference'],
  updateUser: ['duplicate', 'unknown_reference', 'version_conflict', 'last_owner'],
  deleteUser: ['last_owner'],
  changeUsers: ['unknown_reference'],
  createRole: ['duplicate', 'unknown_reference'],
  updateRole: ['duplicate', 'unknown_reference', 'version_conflict'],
  createPermission: ['unknown_reference'],
  updatePermission: ['unknown_reference', 'version_conflict'],
  createJob: schedule,
  updateJob: [...schedule, 'version_conflict'],
  restoreJob: [...schedule, 'version_conflict'],
  previewJob: schedule,
  runJob: [
    'jobs_disabled',
    'overlap',
    'action_missing',
    'idempotency_mismatch',
    'slot_closed',
    'invalid_args',
    'unknown_reference',
  ],
  skipOccurrence: ['not_scheduled'],
  cancelRun: ['run_finished'],
  resumeRun: ['run_not_paused'],
  retryRun: ['jobs_disabled', 'overlap', 'run_not_finished', 'nothing_to_retry'],
  retryDeliveries: ['jobs_disabled', 'overlap', 'run_not_finished', 'nothing_to_retry'],
  retryDelivery: ['jobs_disabled', 'overlap', 'run_not_finished', 'not_retryable'],
  cancelDelivery: ['delivery_not_waiting'],
  resolveDelivery: ['not_uncertain'],
  checkReachability: ['bot_not_connected'],
}

/** With these any request of the API may be refused. */
const anywhere: ErrorCode[] = ['too_many_requests', 'token_in_query', 'unavailable']
/** Of a body that cannot be read, also where none is asked for. */
const ofBodies: ErrorCode[] = ['malformed_body', 'unsupported_media_type', 'body_too_large']

/** Codes that an endpoint may refuse with. Any request may also be answered `internal`. Probes are refused to nobody. */
export function problemsOf(name: string, endpoint: Endpoint): ErrorCode[] {
  const { role, by, method, path, params, query, body } = endpoint
  if (!path.startsWith('/api/')) return role === 'public' ? [] : ['unauthenticated', ...anywhere]
  const codes: (ErrorCode | false)[] = [
    role !== 'public' && 'unauthenticated',
    name !== 'setUp' && name !== 'getEntrance' && 'setup_required',
    role !== 'public' && role !== 'viewer' && 'forbidden',
    by !== 'anybody' && 'session_required',
    by === 'fresh' && 'reauth_required',
    method !== 'GET' && 'csrf',
    ...(method === 'GET' ? [] : ofBodies),
    (body !== Nothing || query !== Nothing || params !== Nothing) && 'invalid_request',
    params !== Nothing && 'not_found',
    ...(own[name as EndpointName] ?? []),
    ...anywhere,
  ]
  return [...new Set(codes.filter((code) => code !== false))]
}
