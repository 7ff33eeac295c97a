package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
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
    private List<Path> folders = List.of();
    private Map<Path, FileTime> seen = Map.of();
    private List<Reading> last = List.of();

    public ServiceBootProbe(Path root) {
        this.services = new BootServices(root);
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    /** To enable a service makes or removes a link in one of a few folders: while none of them changed, nothing did. */
    @Override
    public List<Reading> read() throws IOException {
        Map<Path, FileTime> now = changed(folders);
        if (folders.isEmpty() || !now.equals(seen)) {
            folders = services.folders();
            seen = changed(folders);
            last = readings();
        }
        return last;
    }

    private static Map<Path, FileTime> changed(List<Path> folders) {
        Map<Path, FileTime> times = new HashMap<>();
        for (Path folder : folders) {
            try {
                times.put(folder, Files.getLastModifiedTime(folder));
            } catch (IOException e) {
                // A folder that is gone has no time, and so the answer differs from the one before.
            }
        }
        return times;
    }

    private List<Reading> readings() throws IOException {
        Map<String, Reading> bySubject = new LinkedHashMap<>();
        for (BootService service : services.list()) {
            String subject = DisplayText.of(service.system() + " " + service.name());
            bySubject.putIfAbsent(
                    subject, new Reading("service.enabled", subject, 1, Map.of("why", DisplayText.of(service.why()))));
        }
        return List.copyOf(bySubject.values());
    }
}
