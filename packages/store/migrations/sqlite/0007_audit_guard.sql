-- Entries of the audit log stay as they were written, and for a year at least. The clock is that of the machine: nobody makes an entry old.
CREATE TRIGGER `audit_no_update` BEFORE UPDATE ON `audit` BEGIN
	SELECT RAISE(ABORT, 'entries of the audit log cannot be changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_no_delete` BEFORE DELETE ON `audit` WHEN OLD.`at` > (unixepoch() - 365 * 86400) * 1000 BEGIN
	SELECT RAISE(ABORT, 'entries of the audit log can be removed after 365 days');
END;
--> statement-breakpoint
-- INSERT OR REPLACE removes the row that is in its way, and no trigger of DELETE sees that.
CREATE TRIGGER `audit_no_replace` BEFORE INSERT ON `audit` WHEN EXISTS (SELECT 1 FROM `audit` WHERE `id` = NEW.`id` OR rowid = NEW.rowid) BEGIN
	SELECT RAISE(ABORT, 'entries of the audit log cannot be replaced');
END;
