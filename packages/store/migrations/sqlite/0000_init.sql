CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`telegram_user_id` text,
	`disabled_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`telegram_user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_username` ON `accounts` (lower("username"));--> statement-breakpoint
CREATE TABLE `actions` (
	`name` text PRIMARY KEY NOT NULL,
	`commands` text NOT NULL,
	`description` text,
	`state` text NOT NULL,
	`error` text,
	`args_schema` text,
	`idempotent` integer DEFAULT false NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`verb` text NOT NULL,
	`object_kind` text NOT NULL,
	`object_id` text,
	`object_label` text,
	`changes` text NOT NULL,
	`ip` text,
	`request_id` text,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_object` ON `audit` (`object_kind`,`object_id`);--> statement-breakpoint
CREATE TABLE `auth_attempts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`success` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `auth_attempts_key` ON `auth_attempts` (`key`,`at`);--> statement-breakpoint
CREATE TABLE `conversations` (
	`chat_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`action` text NOT NULL,
	`schema_version` text NOT NULL,
	`step` text NOT NULL,
	`answers` text NOT NULL,
	`asked_message_id` integer,
	`expires_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`chat_id`, `user_id`)
);
--> statement-breakpoint
CREATE INDEX `conversations_expiry` ON `conversations` (`expires_at`);--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pages` (
	`id` text PRIMARY KEY NOT NULL,
	`chat_id` integer NOT NULL,
	`pages` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `permission_roles` (
	`permission_id` text NOT NULL,
	`role_id` text NOT NULL,
	PRIMARY KEY(`permission_id`, `role_id`),
	FOREIGN KEY (`permission_id`) REFERENCES `permissions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `permission_roles_role` ON `permission_roles` (`role_id`);--> statement-breakpoint
CREATE TABLE `permission_users` (
	`permission_id` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`permission_id`, `user_id`),
	FOREIGN KEY (`permission_id`) REFERENCES `permissions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `permission_users_user` ON `permission_users` (`user_id`);--> statement-breakpoint
CREATE TABLE `permissions` (
	`id` text PRIMARY KEY NOT NULL,
	`action` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`action`) REFERENCES `actions`(`name`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `permissions_action` ON `permissions` (`action`);--> statement-breakpoint
CREATE TABLE `roles` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roles_name_unique` ON `roles` (`name`);--> statement-breakpoint
CREATE TABLE `seen_updates` (
	`update_id` integer PRIMARY KEY NOT NULL,
	`payload` text,
	`received_at` integer NOT NULL,
	`handled_at` integer
);
--> statement-breakpoint
CREATE INDEX `seen_updates_open` ON `seen_updates` (`update_id`) WHERE "seen_updates"."handled_at" is null;--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`reauth_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ip` text NOT NULL,
	`user_agent` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_account` ON `sessions` (`account_id`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_hash_unique` ON `tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `user_roles` (
	`user_id` text NOT NULL,
	`role_id` text NOT NULL,
	PRIMARY KEY(`user_id`, `role_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `user_roles_role` ON `user_roles` (`role_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`telegram_id` integer NOT NULL,
	`chat_id` integer NOT NULL,
	`is_admin` integer DEFAULT false NOT NULL,
	`name` text,
	`profile` text NOT NULL,
	`reachability` text DEFAULT 'ok' NOT NULL,
	`unreachable_since` integer,
	`last_seen_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_telegram_id_unique` ON `users` (`telegram_id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`user_id` text NOT NULL,
	`user_name` text,
	`telegram_id` integer NOT NULL,
	`chat_id` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`output` text,
	`has_output` integer DEFAULT false NOT NULL,
	`next_part` integer DEFAULT 0 NOT NULL,
	`error` text,
	`possibly_duplicated` integer DEFAULT false NOT NULL,
	`lease_worker` text,
	`lease_until` integer,
	`started_at` integer,
	`finished_at` integer,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_recipient` ON `deliveries` (`run_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `deliveries_open` ON `deliveries` (`run_id`,`state`) WHERE "deliveries"."finished_at" is null;--> statement-breakpoint
CREATE INDEX `deliveries_leased` ON `deliveries` (`lease_until`) WHERE "deliveries"."lease_worker" is not null;--> statement-breakpoint
CREATE INDEX `deliveries_retry` ON `deliveries` (`next_attempt_at`) WHERE "deliveries"."state" = 'retrying';--> statement-breakpoint
CREATE INDEX `deliveries_state` ON `deliveries` (`run_id`,`state`);--> statement-breakpoint
CREATE TABLE `job_roles` (
	`job_id` text NOT NULL,
	`role_id` text NOT NULL,
	PRIMARY KEY(`job_id`, `role_id`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `job_roles_role` ON `job_roles` (`role_id`);--> statement-breakpoint
CREATE TABLE `job_users` (
	`job_id` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`job_id`, `user_id`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `job_users_user` ON `job_users` (`user_id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text,
	`action` text NOT NULL,
	`enabled` integer NOT NULL,
	`per_user` integer NOT NULL,
	`cron_expression` text NOT NULL,
	`timezone` text,
	`args` text NOT NULL,
	`overlap` text NOT NULL,
	`catch_up` text NOT NULL,
	`catch_up_window_seconds` integer NOT NULL,
	`retries` integer NOT NULL,
	`timeout_seconds` integer NOT NULL,
	`deadline_seconds` integer NOT NULL,
	`delivery` text NOT NULL,
	`next_run_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`archived_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`action`) REFERENCES `actions`(`name`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`next_run_at`) WHERE "jobs"."enabled" = 1 and "jobs"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `jobs_action` ON `jobs` (`action`);--> statement-breakpoint
CREATE TABLE `parts` (
	`delivery_id` text NOT NULL,
	`idx` integer NOT NULL,
	`state` text NOT NULL,
	`message_id` integer,
	`sent_at` integer,
	`possibly_duplicated` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`delivery_id`, `idx`),
	FOREIGN KEY (`delivery_id`) REFERENCES `deliveries`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`trigger` text NOT NULL,
	`scheduled_for` integer NOT NULL,
	`idempotency_key` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`reason_detail` text,
	`missed_from` integer,
	`missed_to` integer,
	`missed_count` integer,
	`settings` text NOT NULL,
	`action` text NOT NULL,
	`args` text NOT NULL,
	`per_user` integer NOT NULL,
	`dry_run` integer DEFAULT false NOT NULL,
	`idempotent` integer DEFAULT false NOT NULL,
	`only_user_ids` text,
	`requested_by` text,
	`retry_of` text,
	`output` text,
	`action_started_at` integer,
	`audience_written_at` integer,
	`lease_worker` text,
	`lease_until` integer,
	`total` integer DEFAULT 0 NOT NULL,
	`sent` integer DEFAULT 0 NOT NULL,
	`no_output` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`unreachable` integer DEFAULT 0 NOT NULL,
	`cancelled` integer DEFAULT 0 NOT NULL,
	`expired` integer DEFAULT 0 NOT NULL,
	`uncertain` integer DEFAULT 0 NOT NULL,
	`in_progress` integer DEFAULT 0 NOT NULL,
	`error` text,
	`cancel_requested_at` integer,
	`paused_by` text,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`deadline_at` integer NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_occurrence` ON `runs` (`job_id`,`scheduled_for`) WHERE "runs"."trigger" = 'schedule';--> statement-breakpoint
CREATE UNIQUE INDEX `runs_idempotency` ON `runs` (`job_id`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `runs_open` ON `runs` (`created_at`) WHERE "runs"."state" in ('queued','running','paused');--> statement-breakpoint
CREATE INDEX `runs_job` ON `runs` (`job_id`,`scheduled_for`);