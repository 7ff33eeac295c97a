package io.keepwatch.threshold;

/** What makes the value of a reading worth an event. */
public sealed interface Condition permits Appearance, Forecast, Growth, Levels {}
