package ru.reklamai.generation.catalog;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands.RedisSubscriber;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The catalogue in memory, dropped on all instances by a Redis message when an admin changes it. If the message is lost
 * (Redis away, a broken subscription), the change shows after the cache time at the latest; a subscription that is
 * restored drops the cache.
 */
@ApplicationScoped
public class CatalogCache {

    private static final Logger LOG = Logger.getLogger(CatalogCache.class);
    private static final String CHANNEL = "catalog-changed";

    private final CatalogRepository repository;
    private final RedisDataSource redis;
    private final Duration cacheTime;
    private final AtomicInteger drops = new AtomicInteger();
    private volatile Optional<Entry> entry = Optional.empty();
    private volatile boolean subscribed;

    /** @param drops how often the cache had been dropped when the reading began */
    private record Entry(Catalog catalog, Instant readAt, int drops) {}

    CatalogCache(
            CatalogRepository repository,
            RedisDataSource redis,
            @ConfigProperty(name = "reklamai.catalog.cache-time") Duration cacheTime) {
        this.repository = repository;
        this.redis = redis;
        this.cacheTime = cacheTime;
    }

    public Catalog get() {
        Optional<Entry> current = entry.filter(this::isFresh);
        if (current.isPresent()) {
            return current.get().catalog();
        }
        int dropsBefore = drops.get();
        var read = new Entry(repository.read(), Instant.now(), dropsBefore);
        entry = Optional.of(read);
        return read.catalog();
    }

    /** To be called after each change of what is cached here. */
    public void changed() {
        drop();
        try {
            redis.pubsub(String.class).publish(CHANNEL, "changed");
        } catch (RuntimeException e) {
            LOG.warnf("other instances see the change only when their cache expires: cause=%s", e);
        }
    }

    /** What was read while the message arrived may be older than the change, so it counts as stale too. */
    private boolean isFresh(Entry candidate) {
        return candidate.drops() == drops.get()
                && candidate.readAt().plus(cacheTime).isAfter(Instant.now());
    }

    private void drop() {
        drops.incrementAndGet();
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    @RunOnVirtualThread
    void staySubscribed() {
        if (subscribed) {
            return;
        }
        try {
            RedisSubscriber unused = redis.pubsub(String.class)
                    .subscribe(List.of(CHANNEL), message -> drop(), this::unsubscribed, failure -> unsubscribed());
            subscribed = true;
            drop();
        } catch (RuntimeException e) {
            LOG.debugf("not subscribed to changes of the catalogue yet: cause=%s", e);
        }
    }

    private void unsubscribed() {
        LOG.warn("the subscription to changes of the catalogue broke, subscribing again");
        subscribed = false;
    }
}
