package ru.reklamai.kit.messaging;

import java.util.Optional;
import java.util.UUID;

/** A row that is its own outbox: what changed it is published when its version is ahead of its published version. */
public interface OutboxRow {

    UUID id();

    /** Raised by every change that others are told of. */
    int version();

    /** The trace of the request that the row comes from. */
    Optional<String> traceparent();
}
