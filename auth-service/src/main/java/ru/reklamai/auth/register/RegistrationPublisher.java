package ru.reklamai.auth.register;

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
import ru.reklamai.auth.user.User;
import ru.reklamai.auth.user.UserRepository;
import ru.reklamai.events.UserRegistered;
import ru.reklamai.messaging.Outbox;

/** Tells the other services of a new user. */
@Startup
@ApplicationScoped
class RegistrationPublisher {

    private final Outbox<User> outbox;

    RegistrationPublisher(
            UserRepository users,
            @Channel("events") MutinyEmitter<byte[]> events,
            ObjectMapper json,
            Scheduler scheduler,
            MeterRegistry metrics) {
        outbox = new Outbox<>(events, users, RegistrationPublisher::eventsOf, json, scheduler, metrics);
    }

    /** Never waits and never fails. */
    void publish(User user) {
        outbox.publish(user);
    }

    private static List<Outbox.Event> eventsOf(User user) {
        var event = new UserRegistered(
                UuidCreator.getTimeOrderedEpoch(),
                UserRegistered.TYPE,
                user.version(),
                Instant.now(),
                user.id(),
                user.email(),
                user.fullName());
        return List.of(new Outbox.Event(UserRegistered.TYPE, event));
    }
}
