package ru.reklamai.gateway.routing;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import ru.reklamai.gateway.GatewayConfig;

/** What a stop waits for: requests that are being answered, and not those that have become sockets. */
@ApplicationScoped
class AnswersUnderWay {

    private static final Logger LOG = Logger.getLogger(AnswersUnderWay.class);
    private static final String ANSWERED = "reklamai.answered";

    private final Phaser answers = new Phaser(1);
    private final GatewayConfig config;

    AnswersUnderWay(GatewayConfig config) {
        this.config = config;
    }

    void begin(RoutingContext context) {
        answers.register();
        context.put(ANSWERED, new AtomicBoolean());
        context.addEndHandler(end -> end(context));
    }

    /** Nothing tells of its end any more; the tunnel ends it. */
    void becameSocket(RoutingContext context) {
        end(context);
    }

    int count() {
        return answers.getRegisteredParties() - 1;
    }

    private void end(RoutingContext context) {
        if (context.<AtomicBoolean>get(ANSWERED).compareAndSet(false, true)) {
            answers.arriveAndDeregister();
        }
    }

    void await(@Observes ShutdownEvent event) throws InterruptedException {
        try {
            int phase = answers.arrive();
            answers.awaitAdvanceInterruptibly(phase, config.stopTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("stopping with answers under way: answers=%d", count());
        }
    }
}
