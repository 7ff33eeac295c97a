-- The object of a pack cannot be removed before that time, seconds since 1970 by the server's clock; NULL: nothing is known.

ALTER TABLE pack ADD COLUMN locked_s INTEGER;
