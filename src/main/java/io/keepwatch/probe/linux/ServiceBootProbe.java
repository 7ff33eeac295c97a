package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What starts when the host boots; a new line here is a service that somebody enabled. */
public final class ServiceBootProbe implements Probe {
    private static final ProbeInfo INFO = new ProbeInfo(
            "service.boot",
            Duration.ofSeconds(15),
            "What starts when the host boots, by systemd, System V init and Upstart.",
            "unit folders of systemd, /etc/rc?.d or /etc/init",
            false,
            List.of(new ReadingKind("service.enabled", "init system and service", "1 while it is started at boot")));

    private final BootServices services;

    public ServiceBootProbe(Path root) {
        this.services = new BootServices(root);
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        Map<String, Reading> bySubject = new LinkedHashMap<>();
        for (BootService service : services.list()) {
            String subject = DisplayText.of(service.system() + " " + service.name());
            bySubject.putIfAbsent(
                    subject, new Reading("service.enabled", subject, 1, Map.of("why", DisplayText.of(service.why()))));
        }
        return List.copyOf(bySubject.values());
    }
}
