package ru.reklamai.auth.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import ru.reklamai.events.AdminActed;
import ru.reklamai.kit.messaging.Outbox;

/** Brings what admins do here to the audit log. */
@Startup
@ApplicationScoped
class AdminActionPublisher {

    private final Outbox<AdminAction> outbox;

    AdminActionPublisher(
            AdminActionRepository actions,
            @Channel("events") MutinyEmitter<byte[]> events,
            ObjectMapper json,
            Scheduler scheduler,
            MeterRegistry metrics) {
        outbox = new Outbox<>(
                "admin-actions", events, actions, AdminActionPublisher::eventsOf, json, scheduler, metrics);
    }

    /** Never waits and never fails. */
    void publish(AdminAction action) {
        outbox.publish(action);
    }

    private static List<Outbox.Event> eventsOf(AdminAction action) {
        var event = new AdminActed(
                action.id(),
                AdminActed.TYPE,
                action.version(),
                action.createdAt(),
                action.actorId().orElse(null),
                action.action(),
                action.subject(),
                action.details());
        return List.of(new Outbox.Event(AdminActed.TYPE, event));
    }
}
