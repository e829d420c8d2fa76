ALTER TABLE `accounts` ADD `telegram_id` integer;--> statement-breakpoint
UPDATE `accounts` SET `telegram_id` = (SELECT `telegram_id` FROM `users` WHERE `users`.`id` = `accounts`.`telegram_user_id`);
