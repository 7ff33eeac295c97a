package io.keepwatch.probe.linux;

/**
 * Something that starts when the host boots.
 *
 * @param system which of the three init systems starts it, as one word in lower case
 * @param why what makes it start, for a person
 */
public record BootService(String system, String name, String why) {}
