DROP INDEX `audit_object`;--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_verb` ON `audit` (`verb`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit` (("actor" ->> '$.id'),`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_object` ON `audit` (`object_kind`,`object_id`,`at`,`id`);--> statement-breakpoint
DROP INDEX `permissions_action`;--> statement-breakpoint
CREATE INDEX `permissions_action` ON `permissions` (`action`,`id`);--> statement-breakpoint
DROP INDEX `jobs_action`;--> statement-breakpoint
CREATE INDEX `jobs_next` ON `jobs` (`next_run_at`,`id`) WHERE "jobs"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `jobs_name` ON `jobs` (lower("name"),`id`) WHERE "jobs"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `jobs_updated` ON `jobs` (`updated_at`,`id`) WHERE "jobs"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `jobs_action` ON `jobs` (`action`,`id`);--> statement-breakpoint
DROP INDEX `runs_finished`;--> statement-breakpoint
ALTER TABLE `runs` ADD `began_at` integer GENERATED ALWAYS AS ((coalesce(started_at, created_at))) VIRTUAL NOT NULL;--> statement-breakpoint
CREATE INDEX `runs_scheduled` ON `runs` (`scheduled_for`,`id`);--> statement-breakpoint
CREATE INDEX `runs_began` ON `runs` (`began_at`,`id`);--> statement-breakpoint
CREATE INDEX `runs_job_began` ON `runs` (`job_id`,`began_at`,`id`);--> statement-breakpoint
CREATE INDEX `runs_action_began` ON `runs` (`action`,`began_at`,`id`);--> statement-breakpoint
CREATE INDEX `runs_open_began` ON `runs` (`began_at`,`id`) WHERE "runs"."state" in ('queued','running','paused');--> statement-breakpoint
CREATE INDEX `runs_unfortunate` ON `runs` (`began_at`,`id`) WHERE "runs"."state" in ('partial','failed','cancelled','skipped','expired');--> statement-breakpoint
CREATE INDEX `runs_failures` ON `runs` (`began_at`,`id`) WHERE ("runs"."error" is not null or "runs"."failed" > 0 or "runs"."unreachable" > 0 or "runs"."expired" > 0 or "runs"."uncertain" > 0);--> statement-breakpoint
CREATE INDEX `runs_by_hand` ON `runs` (`began_at`,`id`) WHERE "runs"."trigger" <> 'schedule';--> statement-breakpoint
CREATE INDEX `runs_dry` ON `runs` (`began_at`,`id`) WHERE "runs"."dry_run" = 1;--> statement-breakpoint
CREATE INDEX `runs_finished` ON `runs` (`finished_at`,`id`) WHERE "runs"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX `roles_by_name` ON `roles` (lower("name"),`id`);--> statement-breakpoint
CREATE INDEX `users_name` ON `users` (lower("name"),`id`);--> statement-breakpoint
CREATE INDEX `users_seen` ON `users` (`last_seen_at`,`id`);--> statement-breakpoint
CREATE INDEX `users_admins` ON `users` (`id`) WHERE "users"."is_admin" = 1;--> statement-breakpoint
CREATE INDEX `users_unreachable` ON `users` (`reachability`,`id`) WHERE "users"."reachability" <> 'ok';--> statement-breakpoint
CREATE INDEX `deliveries_duplicated` ON `deliveries` (`run_id`) WHERE "deliveries"."possibly_duplicated" = 1;