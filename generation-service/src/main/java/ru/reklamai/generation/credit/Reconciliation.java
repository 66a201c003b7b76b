package ru.reklamai.generation.credit;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Proves each minute that every balance is what its ledger says; the metric is 0 while that holds. */
@ApplicationScoped
class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private final CreditRepository credits;
    private final AtomicLong discrepancies;

    Reconciliation(CreditRepository credits, MeterRegistry metrics) {
        this.credits = credits;
        this.discrepancies = metrics.gauge("reklamai.credits.discrepancies", new AtomicLong());
    }

    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void check() {
        long found = credits.countDiscrepancies();
        discrepancies.set(found);
        if (found > 0) {
            LOG.errorf("ledger and balances differ: accounts=%d, see the view studio.credit_discrepancies", found);
        }
    }
}
