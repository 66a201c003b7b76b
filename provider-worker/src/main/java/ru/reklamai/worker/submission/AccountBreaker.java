package ru.reklamai.worker.submission;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import ru.reklamai.worker.kie.KieClient;

/**
 * Stops submissions while KIE refuses our account (a bad key, no credits): that concerns every generation and none in
 * particular, so all of them wait. Closes by itself when KIE takes us again.
 */
@ApplicationScoped
public class AccountBreaker {

    private static final Logger LOG = Logger.getLogger(AccountBreaker.class);

    private final KieClient kie;
    private final AtomicBoolean open = new AtomicBoolean();

    AccountBreaker(KieClient kie, MeterRegistry metrics) {
        this.kie = kie;
        metrics.gauge("reklamai.provider.account.blocked", open, flag -> flag.get() ? 1 : 0);
    }

    public boolean isOpen() {
        return open.get();
    }

    public void open(String cause) {
        if (open.compareAndSet(false, true)) {
            LOG.errorf("KIE refuses our account, submissions wait, an operator must act: cause=%s", cause);
        }
    }

    /** Closes it if KIE takes our account again. */
    @Scheduled(
            every = "${reklamai.kie.account-probe-interval}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    public void probe() {
        if (open.get() && kie.isAccountUsable() && open.compareAndSet(true, false)) {
            LOG.info("KIE takes our account again, submissions go on");
        }
    }
}
