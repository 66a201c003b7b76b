package ru.reklamai.messaging;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;

/**
 * What a queue whose messages may die needs, so that none is lost on the way to its dead letters either (RabbitMQ's
 * manual, quorum queues: at-least-once dead lettering).
 */
@ApplicationScoped
class DeadLetters {

    @Produces
    @Identifier("dead-letters")
    Map<String, Object> queueArguments() {
        return Map.of("x-dead-letter-strategy", "at-least-once", "x-overflow", "reject-publish");
    }
}
