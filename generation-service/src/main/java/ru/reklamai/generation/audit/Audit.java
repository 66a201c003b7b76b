package ru.reklamai.generation.audit;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** For actions of admins that change nothing in this schema: they are recorded before they are done. */
@ApplicationScoped
public class Audit {

    private final AuditRepository repository;

    Audit(AuditRepository repository) {
        this.repository = repository;
    }

    public void record(UUID actor, String action, String subject, Map<String, Object> details) {
        repository.record(actor, action, subject, new JsonObject(details));
    }
}
