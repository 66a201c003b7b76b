package ru.reklamai.generation.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Checks regularly that money and states are consistent; every metric is 0 while they are. */
@ApplicationScoped
class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private final ReconciliationRepository repository;
    private final MeterRegistry metrics;
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    Reconciliation(ReconciliationRepository repository, MeterRegistry metrics) {
        this.repository = repository;
        this.metrics = metrics;
    }

    @Scheduled(
            every = "${reklamai.reconciliation.every}",
            delayed = "10s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void check() {
        repository.find().forEach((trouble, found) -> {
            gauge(trouble).set(found);
            if (found > 0) {
                LOG.errorf(
                        "an invariant is broken: trouble=%s found=%d, see the view studio.reconciliation",
                        trouble, found);
            }
        });
    }

    private AtomicLong gauge(String trouble) {
        return gauges.computeIfAbsent(
                trouble,
                name -> metrics.gauge("reklamai.reconciliation", List.of(Tag.of("trouble", name)), new AtomicLong()));
    }
}
