CREATE TABLE `failed_attempts` (
	`delivery_id` text NOT NULL,
	`idx` integer NOT NULL,
	`run_id` text NOT NULL,
	`class` text NOT NULL,
	`message` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`count` integer DEFAULT 1 NOT NULL,
	`next_at` integer,
	PRIMARY KEY(`delivery_id`, `idx`),
	FOREIGN KEY (`delivery_id`) REFERENCES `deliveries`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `failed_attempts_waits` ON `failed_attempts` (`run_id`,`first_at`) WHERE "failed_attempts"."class" = 'flood';