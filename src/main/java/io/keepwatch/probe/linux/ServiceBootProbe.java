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
import java.util.Set;
import java.util.stream.Collectors;

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
    private List<Path> places = List.of();
    private Map<Path, FileTime> seen = Map.of();
    private List<Reading> last = List.of();
    private Set<String> generated = Set.of();
    private boolean generatorsWork;

    public ServiceBootProbe(Path root) {
        this.services = new BootServices(root);
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    /**
     * To enable a service makes or removes a link in one of a few folders: while none of them changed, nothing did. Systemd
     * empties the folders of its generators at each reload and fills them again within a second or so: what came from them
     * is gone only when they did not change between two reads.
     */
    @Override
    public List<Reading> read() throws IOException {
        Map<Path, FileTime> now = changed(places);
        if (places.isEmpty() || generatorsWork || !now.equals(seen)) {
            generatorsWork = !places.isEmpty() && !ofGenerators(now).equals(ofGenerators(seen));
            places = services.places();
            seen = changed(places);
            List<BootService> list = services.list();
            Map<String, Reading> readings = readings(list);
            if (generatorsWork) {
                last.stream()
                        .filter(reading -> generated.contains(reading.subject()))
                        .forEach(reading -> readings.putIfAbsent(reading.subject(), reading));
            } else {
                generated = services.generated(list).stream()
                        .map(ServiceBootProbe::subject)
                        .collect(Collectors.toSet());
            }
            last = List.copyOf(readings.values());
        }
        return last;
    }

    private Map<Path, FileTime> ofGenerators(Map<Path, FileTime> times) {
        Map<Path, FileTime> own = new HashMap<>(times);
        own.keySet().removeIf(place -> !services.isGenerated(place));
        return own;
    }

    private static Map<Path, FileTime> changed(List<Path> places) {
        Map<Path, FileTime> times = new HashMap<>();
        for (Path place : places) {
            try {
                times.put(place, Files.getLastModifiedTime(place));
            } catch (IOException e) {
                // What is gone has no time, and so the answer differs from the one before.
            }
        }
        return times;
    }

    private static Map<String, Reading> readings(List<BootService> list) {
        Map<String, Reading> bySubject = new LinkedHashMap<>();
        for (BootService service : list) {
            bySubject.putIfAbsent(
                    subject(service),
                    new Reading("service.enabled", subject(service), 1, Map.of("why", DisplayText.of(service.why()))));
        }
        return bySubject;
    }

    private static String subject(BootService service) {
        return DisplayText.of(service.system() + " " + service.name());
    }
}
