package io.keepwatch.event;

/** The address of one kind of event: the name in configuration, metrics and documentation, and the type of the record. */
public record Topic<E extends Event>(String name, Class<E> type) {}
