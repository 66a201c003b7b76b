package ru.reklamai.auth.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import ru.reklamai.events.UserDeleted;
import ru.reklamai.events.UserRegistered;
import ru.reklamai.kit.messaging.Outbox;

/** Tells the other services of users who signed up or deleted their accounts. */
@Startup
@ApplicationScoped
class UserPublisher {

    private final Outbox<User> outbox;

    UserPublisher(
            UserRepository users,
            @Channel("events") MutinyEmitter<byte[]> events,
            ObjectMapper json,
            Scheduler scheduler,
            MeterRegistry metrics) {
        outbox = new Outbox<>("users", events, users, UserPublisher::eventsOf, json, scheduler, metrics);
    }

    /** Never waits and never fails. */
    void publish(User user) {
        outbox.publish(user);
    }

    private static List<Outbox.Event> eventsOf(User user) {
        return List.of(user.deleted() ? deleted(user) : registered(user));
    }

    private static Outbox.Event registered(User user) {
        var event = new UserRegistered(
                UuidCreator.getTimeOrderedEpoch(),
                UserRegistered.TYPE,
                user.version(),
                Instant.now(),
                user.id(),
                user.email(),
                user.fullName());
        return new Outbox.Event(UserRegistered.TYPE, event);
    }

    private static Outbox.Event deleted(User user) {
        var event = new UserDeleted(
                UuidCreator.getTimeOrderedEpoch(), UserDeleted.TYPE, user.version(), Instant.now(), user.id());
        return new Outbox.Event(UserDeleted.TYPE, event);
    }
}
