import type { Endpoint, EndpointName, ErrorCode } from '@kamihi/contracts'
import { Nothing } from '@kamihi/contracts'

/** Codes that an endpoint may refuse with, beside those that follow from what it takes and from who may call it. */
const own: Partial<Record<EndpointName, ErrorCode[]>> = {
  setUp: ['setup_done', 'setup_token_invalid', 'weak_password'],
  signIn: ['invalid_credentials', 'too_many_requests'],
  createUser: ['duplicate', 'unknown_reference'],
  updateUser: ['duplicate', 'unknown_reference', 'version_conflict'],
  createRole: ['duplicate', 'unknown_reference'],
  updateRole: ['duplicate', 'unknown_reference', 'version_conflict'],
  createPermission: ['unknown_reference', 'unknown_action'],
  updatePermission: ['unknown_reference', 'version_conflict'],
  createJob: ['invalid_cron', 'invalid_timezone', 'invalid_args', 'unknown_action', 'unknown_reference'],
  updateJob: [
    'invalid_cron',
    'invalid_timezone',
    'invalid_args',
    'unknown_action',
    'unknown_reference',
    'version_conflict',
  ],
  previewJob: ['invalid_cron', 'invalid_timezone', 'unknown_action', 'too_many_requests'],
  runJob: ['jobs_disabled', 'overlap', 'action_missing', 'idempotency_mismatch', 'too_many_requests'],
  skipOccurrence: ['not_scheduled'],
  cancelRun: ['run_finished'],
  retryRun: ['jobs_disabled', 'overlap', 'run_not_finished', 'nothing_to_retry'],
}

/** Codes that an endpoint may refuse with. Any request may also be answered `internal`, and `too_many_requests` when there are many. */
export function problemsOf(name: string, endpoint: Endpoint): ErrorCode[] {
  const { role, by, method, params, query, body } = endpoint
  const codes: (ErrorCode | false)[] = [
    role !== 'public' && 'unauthenticated',
    role !== 'public' && 'setup_required',
    role !== 'public' && role !== 'viewer' && 'forbidden',
    by !== 'anybody' && 'session_required',
    by === 'fresh' && 'reauth_required',
    method !== 'GET' && 'csrf',
    method !== 'GET' && 'unavailable',
    body !== Nothing && 'malformed_body',
    body !== Nothing && 'unsupported_media_type',
    body !== Nothing && 'body_too_large',
    (body !== Nothing || query !== Nothing || params !== Nothing) && 'invalid_request',
    params !== Nothing && 'not_found',
    ...(own[name as EndpointName] ?? []),
  ]
  return [...new Set(codes.filter((code) => code !== false))]
}
