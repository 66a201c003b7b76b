package ru.reklamai.auth.admin;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.messaging.OutboxRow;
import ru.reklamai.kit.messaging.Traceparent;

/** @param actorId empty for an operator at the command line */
record AdminAction(
        UUID id,
        Optional<UUID> actorId,
        String action,
        String subject,
        Map<String, Object> details,
        Instant createdAt,
        Optional<String> traceparent)
        implements OutboxRow {

    static AdminAction now(UUID actor, String action, String subject, Map<String, Object> details) {
        return new AdminAction(
                UuidCreator.getTimeOrderedEpoch(),
                Optional.of(actor),
                action,
                subject,
                details,
                Instant.now(),
                Traceparent.current());
    }

    @Override
    public int version() {
        return 1;
    }
}
