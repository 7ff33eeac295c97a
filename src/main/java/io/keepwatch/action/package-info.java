/** What the steps of rules do: commands, messages, backups, restores, measurements and events. */
@NullMarked
package io.keepwatch.action;

import org.jspecify.annotations.NullMarked;
