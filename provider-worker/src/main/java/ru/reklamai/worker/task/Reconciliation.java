package ru.reklamai.worker.task;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Looks each minute for tasks that are not where they should be; every metric is 0 while all is well. */
@ApplicationScoped
class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private final ProviderTaskRepository tasks;
    private final MeterRegistry metrics;
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    Reconciliation(ProviderTaskRepository tasks, MeterRegistry metrics) {
        this.tasks = tasks;
        this.metrics = metrics;
    }

    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void check() {
        tasks.reconcile().forEach((trouble, found) -> {
            gauges.computeIfAbsent(trouble, this::gauge).set(found);
            if (found > 0) {
                LOG.errorf("provider tasks in trouble: trouble=%s tasks=%d", trouble, found);
            }
        });
    }

    private AtomicLong gauge(String trouble) {
        return metrics.gauge("reklamai.reconciliation", Tags.of("trouble", trouble), new AtomicLong());
    }
}
