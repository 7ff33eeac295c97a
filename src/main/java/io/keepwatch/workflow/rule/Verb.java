package io.keepwatch.workflow.rule;

import io.keepwatch.workflow.expr.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a step does. */
public sealed interface Verb {
    /** As it is written in a rule. */
    String word();

    /** Whether doing it twice is the same as doing it once. What is not is never repeated after a crash. */
    default boolean isRepeatable() {
        return true;
    }

    /** Whether it can be stopped while it is under way; what cannot goes on when its run gives way. */
    default boolean isStoppable() {
        return false;
    }

    /** What is evaluated when it begins. */
    default List<? extends Template> templates() {
        return List.of();
    }

    /** The steps within it. */
    default List<Step> nested() {
        return List.of();
    }

    /**
     * Starts a program.
     *
     * @param writes paths whose changes by this step do not start the rule again
     */
    record Run(List<Template> command, boolean isRepeatable, List<String> writes, Optional<String> user)
            implements Verb {
        public Run {
            command = List.copyOf(command);
            writes = List.copyOf(writes);
        }

        @Override
        public String word() {
            return "run";
        }

        @Override
        public boolean isStoppable() {
            return true;
        }

        @Override
        public List<? extends Template> templates() {
            return command;
        }
    }

    /** Sends a CloudEvent to a target of the configuration. */
    record Webhook(String target) implements Verb {
        @Override
        public String word() {
            return "webhook";
        }

        @Override
        public boolean isStoppable() {
            return true;
        }
    }

    /** Tells people through a channel of the configuration. */
    record Notify(String channel) implements Verb {
        @Override
        public String word() {
            return "notify";
        }

        @Override
        public boolean isStoppable() {
            return true;
        }
    }

    /** Backs up one path or several now. */
    record Backup(Template paths) implements Verb {
        @Override
        public String word() {
            return "backup";
        }

        @Override
        public List<? extends Template> templates() {
            return List.of(paths);
        }
    }

    /** Brings one path or several back. */
    record Restore(Template paths) implements Verb {
        @Override
        public String word() {
            return "restore";
        }

        @Override
        public boolean isStoppable() {
            return true;
        }

        @Override
        public List<? extends Template> templates() {
            return List.of(paths);
        }
    }

    /** Reads a probe now. */
    record Probe(String type) implements Verb {
        @Override
        public String word() {
            return "probe";
        }
    }

    /** Makes a snapshot of a logical volume, or takes the volume back to one. */
    record Lvm(Work work) implements Verb {
        /** What is done with a snapshot. */
        public enum Work {
            SNAPSHOT,
            MERGE
        }

        @Override
        public String word() {
            return "lvm";
        }

        /** A second snapshot would find the name taken, and a second merge no snapshot. */
        @Override
        public boolean isRepeatable() {
            return false;
        }
    }

    /** Publishes an event that other rules may wait for. */
    record Emit(String type, Template.Fields data) implements Verb {
        @Override
        public String word() {
            return "emit";
        }

        @Override
        public List<? extends Template> templates() {
            return List.of(data);
        }
    }

    /** Lets time pass. */
    record Wait(Duration time) implements Verb {
        @Override
        public String word() {
            return "wait";
        }
    }

    /**
     * Asks a person.
     *
     * @param otherwise the answer when nobody gave one in time
     */
    record Approve(Template question, boolean otherwise) implements Verb {
        @Override
        public String word() {
            return "approve";
        }

        @Override
        public List<? extends Template> templates() {
            return List.of(question);
        }
    }

    /** Does the steps of another rule. */
    record Call(String rule) implements Verb {
        @Override
        public String word() {
            return "call";
        }
    }

    /** Does several steps at once. */
    record Parallel(List<Step> nested) implements Verb {
        public Parallel {
            nested = List.copyOf(nested);
        }

        @Override
        public String word() {
            return "parallel";
        }
    }

    /** Does the same steps for each item of a list, one after the other. */
    record ForEach(Template items, List<Step> nested) implements Verb {
        public ForEach {
            nested = List.copyOf(nested);
        }

        @Override
        public String word() {
            return "foreach";
        }

        @Override
        public List<? extends Template> templates() {
            return List.of(items);
        }
    }
}
