package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.BackupCompleted;
import io.keepwatch.event.BackupFailed;
import io.keepwatch.event.DatabaseNotCopied;
import io.keepwatch.event.DrillCompleted;
import io.keepwatch.event.Event;
import io.keepwatch.event.FileSkipped;
import io.keepwatch.event.FilesChanged;
import io.keepwatch.event.MaintenanceCompleted;
import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.event.ReconcileCompleted;
import io.keepwatch.event.RootAppeared;
import io.keepwatch.event.RootMissing;
import io.keepwatch.event.Severity;
import io.keepwatch.event.StoreReachable;
import io.keepwatch.event.StoreUnreachable;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.event.Unread;
import io.keepwatch.event.WatchDegraded;
import io.keepwatch.event.WatchRestored;
import io.keepwatch.file.RawPath;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.Probes;
import io.keepwatch.probe.ReadingKind;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.Field;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleEventsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RawPath FILE = RawPath.of("etc/app.conf");

    private int number;
    private final RuleEvents events =
            new RuleEvents("web1", root -> Optional.of(Path.of("/srv", root)), () -> "id-" + number++);

    static Stream<Event> one_of_each() {
        Reading reading = new Reading("raid.degradation", "md0", 1, Map.of("state", "degraded"));
        return Stream.of(
                new BackupCompleted(NOW, 7, 3, 1, 4096, Duration.ofMillis(1500)),
                new BackupFailed(NOW, "refused", 2),
                new DatabaseNotCopied(NOW, "data", FILE, "locked"),
                new DrillCompleted(NOW, 10, 1000, 0, Optional.empty()),
                new FileSkipped(NOW, "data", FILE, "a socket"),
                new FilesChanged(NOW, "data", List.of(FILE)),
                new MaintenanceCompleted(NOW, 1, 2, 3, Optional.of("locked"), Duration.ofSeconds(1)),
                new ProbeFailed(NOW, "disk.usage", "no answer", Duration.ofSeconds(30)),
                new ReconcileCompleted(NOW, "data", RawPath.ROOT, 1, 2, 3, Duration.ofSeconds(4)),
                new RootAppeared(NOW, "data", "/srv/data"),
                new RootMissing(NOW, "data", "/srv/data"),
                new StoreReachable(NOW, Duration.ofSeconds(3)),
                new StoreUnreachable(NOW, "timeout", false),
                new ThresholdCrossed(
                        NOW, "raid.state", "degradation", reading, Severity.OK, Severity.WARNING, "md0 lost a disk"),
                new TreeChanged(NOW, "data", RawPath.ROOT, "notifications were lost"),
                new WatchDegraded(NOW, "data", "too many", "raise it"),
                new WatchRestored(NOW, "data"));
    }

    @ParameterizedTest
    @MethodSource("one_of_each")
    void an_event_of_the_daemon_has_every_field_of_its_type(Event event) {
        assertThat(events.of(event)).isNotEmpty().allSatisfy(told -> {
            EventType type = EventTypes.known().find(told.type()).orElseThrow();
            assertThat(told.data().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            type.fields().stream().map(Field::name).toList());
            assertThat(type.fields()).allSatisfy(field -> assertFits(field, told));
            assertThat(told.source()).startsWith("/host/web1/");
        });
    }

    private static void assertFits(Field field, RuleEvent event) {
        Object value = event.data().get(field.name());
        Class<?> wanted = switch (field.type()) {
            case TEXT -> String.class;
            case WHOLE -> Long.class;
            case NUMBER -> Double.class;
            case TRUTH -> Boolean.class;
            case TEXTS -> List.class;
            case TIME, ANY -> Object.class;
        };
        assertThat(value).as("%s of %s", field.name(), event.type()).isInstanceOf(wanted);
    }

    @Test
    void every_reading_that_a_probe_declares_is_a_field_of_an_event() {
        for (Probe probe : Probes.linux(Path.of("/nowhere"), io.keepwatch.probe.ToolRunner.ofThisHost(), () -> 0)) {
            for (ReadingKind kind : probe.info().readings()) {
                Reading reading = new Reading(kind.name(), "x", 1, Map.of());
                ProbeRead read = new ProbeRead(NOW, probe.info().name(), List.of(reading), Duration.ZERO);
                assertThat(events.of(read)).as(kind.name()).hasSize(1).allSatisfy(told -> {
                    EventType type = EventTypes.known().find(told.type()).orElseThrow();
                    assertThat(told.data()).hasSizeGreaterThan(1);
                    told.data()
                            .keySet()
                            .forEach(name -> assertFits(type.field(name).orElseThrow(), told));
                });
            }
        }
    }

    @Test
    void readings_of_one_subject_are_one_event_with_percentages_and_labels() {
        Map<String, String> labels = Map.of("type", "ext4", "device", "/dev/sda1");
        ProbeRead read = new ProbeRead(
                NOW,
                "disk.usage",
                List.of(
                        new Reading("disk.used_ratio", "/var", 0.925, labels),
                        new Reading("disk.available_bytes", "/var", 1e9, labels),
                        new Reading("disk.stuck", "/mnt", 1, labels)),
                Duration.ZERO);
        List<RuleEvent> told = events.of(read);
        assertThat(told).extracting(RuleEvent::subject).containsExactly("/var", "/mnt");
        assertThat(told.get(0).data())
                .isEqualTo(Map.of(
                        "used_percent",
                        92.5,
                        "free_bytes",
                        1_000_000_000L,
                        "file_system",
                        "ext4",
                        "device",
                        "/dev/sda1",
                        "host",
                        "web1"));
        assertThat(told.get(1).data()).containsEntry("stuck", true).doesNotContainKey("used_percent");
    }

    @Test
    void a_part_that_could_not_be_read_is_told_beside_what_was() {
        ProbeRead read = new ProbeRead(
                NOW,
                "raid.state",
                List.of(Reading.of("raid.degradation", "md0", 1)),
                Duration.ZERO,
                Optional.of(new Unread("zpool list was refused", Set.of("zfs"))));
        assertThat(events.of(read)).extracting(RuleEvent::type).containsExactly("raid.state", "probe.failed");
        assertThat(events.of(read).get(1).data()).containsEntry("problem", "zpool list was refused");
        assertThat(events.of(read))
                .extracting(told -> RuleEvents.isReading(read, told))
                .containsExactly(true, false);
    }

    @Test
    void readings_of_the_host_itself_have_its_name_as_their_subject() {
        ProbeRead read = new ProbeRead(
                NOW, "memory.usage", List.of(Reading.of("memory.available_ratio", "", 0.5)), Duration.ZERO);
        assertThat(events.of(read)).singleElement().satisfies(told -> {
            assertThat(told.subject()).isEqualTo("web1");
            assertThat(told.data()).containsEntry("available_percent", 50.0);
        });
    }

    @Test
    void changed_paths_are_absolute_and_many_are_several_events() {
        List<RawPath> paths = IntStream.range(0, 1_200)
                .mapToObj(i -> RawPath.of("etc/nginx/" + (i % 2) + "/" + i))
                .toList();
        List<RuleEvent> told = events.of(new FilesChanged(NOW, "data", paths));
        assertThat(told).extracting(RuleEvent::subject).containsOnly("/srv/data/etc/nginx");
        assertThat(told).extracting(event -> event.data().get("count")).containsExactly(500L, 500L, 200L);
        assertThat((List<?>) told.get(0).data().get("paths")).first().isEqualTo("/srv/data/etc/nginx/0/0");
    }

    @Test
    void a_name_keeps_its_newline_and_one_that_is_no_text_is_shown() {
        RawPath odd = RawPath.of("a\nb");
        RawPath latin = RawPath.of(new byte[] {'c', (byte) 0xe9});
        List<RuleEvent> told = events.of(new FilesChanged(NOW, "data", List.of(odd, latin)));
        assertThat(told.get(0).data().get("paths")).isEqualTo(List.of("/srv/data/a\nb", "/srv/data/c\\xe9"));
    }
}
