package ru.reklamai.generation.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import ru.reklamai.events.AdminActed;
import ru.reklamai.kit.messaging.Inbox;

/** Takes in what admins do in other services. */
@ApplicationScoped
class AuditConsumer {

    private final AuditRepository repository;
    private final ObjectMapper json;

    AuditConsumer(AuditRepository repository, ObjectMapper json) {
        this.repository = repository;
        this.json = json;
    }

    @Incoming("admin-acted")
    @RunOnVirtualThread
    public void onAdminActed(byte[] message) throws IOException {
        AdminActed event = json.readValue(message, AdminActed.class);
        Inbox.withRetry(() -> repository.insert(event));
    }
}
