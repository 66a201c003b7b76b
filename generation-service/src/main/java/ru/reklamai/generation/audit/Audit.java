package ru.reklamai.generation.audit;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** For what admins do that is no change of this schema: it is written down before it is done. */
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
