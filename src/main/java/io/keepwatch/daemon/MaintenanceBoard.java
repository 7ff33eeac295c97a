package io.keepwatch.daemon;

import io.keepwatch.event.DrillCompleted;
import io.keepwatch.event.Event;
import io.keepwatch.event.MaintenanceCompleted;
import io.keepwatch.http.Status;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Remembers how the last maintenance and the last drill ended. Any thread. */
final class MaintenanceBoard {
    private final BooleanSupplier running;
    private volatile Optional<Status.Run> last = Optional.empty();
    private volatile Optional<Status.Drill> lastDrill = Optional.empty();

    MaintenanceBoard(BooleanSupplier running) {
        this.running = running;
    }

    void take(Event event) {
        if (event instanceof MaintenanceCompleted done) {
            last = Optional.of(
                    new Status.Run(done.at(), done.versions(), done.bytes(), done.objects(), done.problem()));
        } else if (event instanceof DrillCompleted drill) {
            lastDrill = Optional.of(
                    new Status.Drill(drill.at(), drill.files(), drill.bytes(), drill.wrong(), drill.problem()));
        }
    }

    Status.Maintenance now() {
        return new Status.Maintenance(running.getAsBoolean(), last, lastDrill);
    }
}
