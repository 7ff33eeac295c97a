package io.keepwatch.layout;

import java.time.Instant;

/** Who may write beneath a prefix, and until when by the server's clock. {@code epoch} is that of its catalog. */
public record LeaseHolder(String host, String epoch, Instant expires) {}
