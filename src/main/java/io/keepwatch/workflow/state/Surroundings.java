package io.keepwatch.workflow.state;

import io.keepwatch.workflow.type.RuleEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a {@link RuleKeeper} asks of the daemon. It is called on the keeper's thread, which nothing may hold up for long. */
public interface Surroundings {
    /** The name of this machine in the configuration. */
    String host();

    /** The difference of these files to their last version in the backup, as text. May complete on any thread. */
    CompletionStage<String> diff(List<String> paths);

    /** The backed up paths that lie on a disk. */
    List<String> pathsOn(String disk);

    String secret(String name);

    /** An event of the rules' own, after its commit: that a run ended, or what a step emitted. */
    void publish(RuleEvent event);
}
