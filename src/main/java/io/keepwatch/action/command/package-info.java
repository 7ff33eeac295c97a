/** Commands of rules: started without a shell, watched, bounded in time and output, and ended with all their children. */
@NullMarked
package io.keepwatch.action.command;

import org.jspecify.annotations.NullMarked;
