package io.keepwatch.probe.linux;

/**
 * Something that starts when the host boots.
 *
 * @param system {@code systemd}, {@code sysv} or {@code upstart}
 * @param why what makes it start, for a person
 */
public record BootService(String system, String name, String why) {}
