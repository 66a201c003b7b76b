package ru.reklamai.generation.generation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.config.ConfigMapping;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import ru.reklamai.generation.operations.Broker;
import ru.reklamai.generation.operations.BrokerException;
import ru.reklamai.kit.database.DatabaseException;

/**
 * Asks the worker about generations that have been silent for a while, in case a message was lost: less and less often,
 * a limited number at a time, and only while the worker's queues are empty. What still waits in a queue isn't lost, and
 * asking about it would only make the queue longer.
 */
@ApplicationScoped
class Inquiry {

    private static final Logger LOG = Logger.getLogger(Inquiry.class);
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);

    private final InquiryRepository generations;
    private final GenerationPublisher publisher;
    private final Broker broker;
    private final Config config;
    private final List<String> queues;
    private final Counter queried;

    /** When the worker is asked about silent generations; application.properties explains each. */
    @ConfigMapping(prefix = "reklamai.inquiry")
    interface Config {

        String every();

        Duration silence();

        int atMost();
    }

    Inquiry(
            InquiryRepository generations,
            GenerationPublisher publisher,
            Broker broker,
            Config config,
            @ConfigProperty(name = "reklamai.queue.requested") String requestedQueue,
            @ConfigProperty(name = "reklamai.queue.queried") String queriedQueue,
            MeterRegistry metrics) {
        this.generations = generations;
        this.publisher = publisher;
        this.broker = broker;
        this.config = config;
        this.queues = List.of(requestedQueue, queriedQueue);
        this.queried = metrics.counter("reklamai.generations.queried");
    }

    @Scheduled(every = "${reklamai.inquiry.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        try {
            if (generations.anySilentFor(config.silence()) && broker.areEmpty(queues)) {
                ask(generations.claimSilentFor(config.silence(), config.atMost()));
            }
        } catch (BrokerException | DatabaseException e) {
            LOG.debugf("no questions about silent generations now: cause=%s", e);
        }
    }

    private void ask(List<Generation> silent) {
        if (silent.isEmpty()) {
            return;
        }
        // One that can't be asked about is not in the way of the others.
        List<Uni<Void>> questions = silent.stream()
                .map(generation -> Uni.createFrom().deferred(() -> publisher.ask(generation)))
                .toList();
        try {
            Uni.join().all(questions).andCollectFailures().await().atMost(CONFIRM_TIMEOUT);
            queried.increment(silent.size());
            LOG.infof("asked the worker about silent generations: generations=%d", silent.size());
        } catch (RuntimeException e) {
            LOG.warnf(
                    "could not ask about silent generations, will try again: generations=%d cause=%s",
                    silent.size(), e);
        }
    }
}
