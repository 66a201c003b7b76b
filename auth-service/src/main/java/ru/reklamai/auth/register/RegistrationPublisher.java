package ru.reklamai.auth.register;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import ru.reklamai.auth.user.User;
import ru.reklamai.auth.user.UserRepository;
import ru.reklamai.events.UserRegistered;

/**
 * Tells the other services of a new user, at least once: right after the commit if the broker is there, else by the
 * sweep. The users table is the outbox.
 */
@ApplicationScoped
@RegisterForReflection(targets = UserRegistered.class)
public class RegistrationPublisher {

    private static final Logger LOG = Logger.getLogger(RegistrationPublisher.class);
    private static final Duration SWEEP_LAG = Duration.ofSeconds(2);
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(5);

    private final UserRepository users;
    private final MutinyEmitter<byte[]> events;
    private final ObjectMapper json;

    RegistrationPublisher(UserRepository users, @Channel("events") MutinyEmitter<byte[]> events, ObjectMapper json) {
        this.users = users;
        this.events = events;
        this.json = json;
    }

    /** Publishes without making the caller wait; a failure is left to the sweep. */
    void publishSoon(User user) {
        Thread.ofVirtual().name("publish-user").start(() -> publish(user));
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sweep() {
        users.findUnpublishedBefore(Instant.now().minus(SWEEP_LAG)).forEach(this::publish);
    }

    private void publish(User user) {
        try {
            events.sendMessage(toMessage(user)).await().atMost(CONFIRM_TIMEOUT);
            users.markPublished(user.id());
        } catch (RuntimeException e) {
            LOG.warnf("user.registered not published, the sweep will try again: userId=%s cause=%s", user.id(), e);
        }
    }

    private Message<byte[]> toMessage(User user) {
        var event = new UserRegistered(
                UuidCreator.getTimeOrderedEpoch(),
                UserRegistered.TYPE,
                1,
                Instant.now(),
                user.id(),
                user.email(),
                user.fullName());
        var metadata = OutgoingRabbitMQMetadata.builder()
                .withRoutingKey(UserRegistered.TYPE)
                .withContentType("application/json")
                .withMessageId(event.id().toString())
                .withDeliveryMode(2)
                .withTimestamp(ZonedDateTime.now(ZoneOffset.UTC))
                .build();
        try {
            return Message.of(json.writeValueAsBytes(event), Metadata.of(metadata));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("UserRegistered can't be written", e);
        }
    }
}
