CREATE TABLE `job_skips` (
	`job_id` text NOT NULL,
	`scheduled_for` integer NOT NULL,
	`requested_by` text NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`job_id`, `scheduled_for`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `run_logs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_id` text NOT NULL,
	`delivery_id` text,
	`at` integer NOT NULL,
	`level` text NOT NULL,
	`message` text NOT NULL,
	`fields` text,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `run_logs_run` ON `run_logs` (`run_id`,`id`);--> statement-breakpoint
CREATE INDEX `run_logs_delivery` ON `run_logs` (`delivery_id`,`id`);--> statement-breakpoint
CREATE TABLE `scheduler_spans` (
	`id` text PRIMARY KEY NOT NULL,
	`worker` text NOT NULL,
	`started_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `scheduler_spans_seen` ON `scheduler_spans` (`last_seen_at`);--> statement-breakpoint
DROP INDEX `deliveries_open`;--> statement-breakpoint
DROP INDEX `jobs_due`;--> statement-breakpoint
ALTER TABLE `jobs` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `paused_by` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `pause_reason` text;--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`next_run_at`) WHERE "jobs"."enabled" = 1 and "jobs"."archived_at" is null and "jobs"."paused_at" is null;--> statement-breakpoint
ALTER TABLE `conversations` ADD `answered_by` integer;--> statement-breakpoint
ALTER TABLE `seen_updates` ADD `begun_at` integer;--> statement-breakpoint
ALTER TABLE `runs` ADD `pause_reason` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `trial` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `notice` text;--> statement-breakpoint
CREATE INDEX `runs_open_of_job` ON `runs` (`job_id`,`created_at`) WHERE "runs"."state" in ('queued','running','paused');--> statement-breakpoint
CREATE INDEX `runs_finished` ON `runs` (`finished_at`) WHERE "runs"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX `runs_notice` ON `runs` (`finished_at`) WHERE "runs"."notice" = 'due';