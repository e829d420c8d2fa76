ALTER TABLE `jobs` ADD `notes` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `starts_at` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `ends_at` integer;