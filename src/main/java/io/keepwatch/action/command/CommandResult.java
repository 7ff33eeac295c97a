package io.keepwatch.action.command;

import java.time.Duration;

/**
 * How a command ended. Its output holds no secret of the configuration.
 *
 * @param exitCode 128 and the number of the signal where one ended it
 * @param timedOut whether it was ended because it took too long
 */
public record CommandResult(int exitCode, String stdout, String stderr, Duration took, boolean timedOut) {}
