package io.keepwatch.history;

/**
 * What a value was over a step of time; as it was read, all three are the same.
 *
 * @param second the start of the step, since 1970
 */
public record Sample(long second, double min, double mean, double max) {
    static Sample of(long second, double value) {
        return new Sample(second, value, value, value);
    }
}
