CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`event` text NOT NULL,
	`run_id` text NOT NULL,
	`body` text NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`lease_until` integer,
	`lease_worker` text,
	`last_status` integer,
	`last_error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_once` ON `webhook_deliveries` (`url`,`run_id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`next_attempt_at`) WHERE "webhook_deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `webhook_deliveries_finished` ON `webhook_deliveries` (`finished_at`) WHERE "webhook_deliveries"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX `webhook_deliveries_state` ON `webhook_deliveries` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `runs_past` ON `runs` (`finished_at`,`scheduled_for`,`started_at`,`job_id`,`state`,`reason`,`trigger`,`dry_run`,`missed_count`,`sent`,`no_output`,`failed`,`unreachable`,`expired`,`uncertain`) WHERE "runs"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX `runs_attention` ON `runs` (`finished_at`) WHERE "runs"."dry_run" = 0 and ("runs"."state" in ('failed','partial') or "runs"."reason" = 'missed' or "runs"."uncertain" > 0);--> statement-breakpoint
CREATE INDEX `runs_retry_of` ON `runs` (`retry_of`) WHERE "runs"."retry_of" is not null;