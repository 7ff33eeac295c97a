package io.keepwatch.action;

import io.keepwatch.action.command.RunningCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which commands belong to which run, from the moment they wait to their end. For any thread. */
final class CommandsByRun {
    private final Map<String, Set<Place>> places = new ConcurrentHashMap<>();

    Place place(String run) {
        Place place = new Place(run);
        places.computeIfAbsent(run, id -> ConcurrentHashMap.newKeySet()).add(place);
        return place;
    }

    /** Stops those that are known now, and none that comes until it is called. */
    Runnable stopping(String run) {
        List<Place> now = List.copyOf(places.getOrDefault(run, Set.of()));
        return () -> now.parallelStream().forEach(Place::stop);
    }

    void stopAll() {
        List.copyOf(places.keySet()).forEach(run -> stopping(run).run());
    }

    /** The place of one command. */
    final class Place {
        private final String run;
        private Optional<RunningCommand> running = Optional.empty();
        private boolean stopped;

        private Place(String run) {
            this.run = run;
        }

        synchronized boolean isStopped() {
            return stopped;
        }

        /** The command was started; it is ended at once when it came too late. */
        void take(RunningCommand command) {
            boolean late;
            synchronized (this) {
                running = Optional.of(command);
                late = stopped;
            }
            if (late) {
                command.stop();
            }
        }

        void leave() {
            places.computeIfPresent(run, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }

        private void stop() {
            Optional<RunningCommand> found;
            synchronized (this) {
                stopped = true;
                found = running;
            }
            found.ifPresent(RunningCommand::stop);
        }
    }
}
