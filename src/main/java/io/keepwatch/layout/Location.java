package io.keepwatch.layout;

/** Where a layout put a version, in the layout's own words (JSON). The catalog keeps it and does not look inside. */
public record Location(String text) {}
