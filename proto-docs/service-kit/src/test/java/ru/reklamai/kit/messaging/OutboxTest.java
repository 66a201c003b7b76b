package ru.reklamai.kit.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.RecordedJobs;

/** Against a channel that confirms or refuses as the test wants; with the real broker the services' own tests look. */
class OutboxTest {

    private static final String BROKEN = "broken";

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Rows rows = new Rows();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final RecordedJobs jobs = new RecordedJobs();
    private boolean brokerAway;
    private final Outbox<Item> outbox =
            new Outbox<>("items", channel(), rows, OutboxTest::eventsOf, new ObjectMapper(), jobs.scheduler(), metrics);

    private record Item(UUID id, int version, String name) implements OutboxRow {

        static Item named(String name) {
            return new Item(UuidCreator.getTimeOrderedEpoch(), 1, name);
        }

        @Override
        public Optional<String> traceparent() {
            return Optional.empty();
        }
    }

    @Test
    void whatIsPublishedIsStampedWhenTheBrokerHasConfirmedIt() {
        Item item = rows.add(Item.named("a"));
        outbox.publish(item);
        await().until(() -> sent.contains("a"));
        jobs.run("items-stamp");
        assertThat(rows.published).containsEntry(item.id(), 1);
    }

    @Test
    void aRowWhoseEventsCanNotBeMadeFailsNobodyAndLeaksNothing() {
        Item broken = Item.named(BROKEN);
        for (int i = 0; i < 600; i++) {
            outbox.publish(broken);
        }
        await().until(() -> gauge("reklamai.outbox.unconfirmed") == 0);
        outbox.publish(rows.add(Item.named("after")));
        await().until(() -> sent.contains("after"));
    }

    @Test
    void theSweepPassesOverARowThatCanNotBeRendered() {
        rows.add(Item.named(BROKEN));
        rows.add(Item.named("behind it"));
        jobs.run("items-sweep");
        assertThat(sent).containsExactly("behind it");
        assertThat(gauge("reklamai.outbox.unrenderable")).isEqualTo(1);
    }

    @Test
    void aPageOfRowsThatCanNotBeRenderedDoesNotHoldUpTheNext() {
        for (int i = 0; i < Rows.PAGE; i++) {
            rows.add(Item.named(BROKEN));
        }
        rows.add(Item.named("on the second page"));
        jobs.run("items-sweep");
        assertThat(sent).containsExactly("on the second page");
    }

    @Test
    void aRowThatIsMendedGoesOutAndIsNotCountedAnyMore() {
        Item broken = rows.add(Item.named(BROKEN));
        jobs.run("items-sweep");
        outbox.publish(rows.add(new Item(broken.id(), 2, "mended")));
        await().until(() -> sent.contains("mended"));
        assertThat(gauge("reklamai.outbox.unrenderable")).isZero();
    }

    @Test
    void whatTheBrokerDoesNotTakeStaysUnpublishedUntilItDoes() {
        Item item = rows.add(Item.named("late"));
        brokerAway = true;
        jobs.run("items-sweep");
        assertThat(rows.published).isEmpty();
        brokerAway = false;
        jobs.run("items-sweep");
        assertThat(rows.published).containsEntry(item.id(), 1);
    }

    @Test
    void whatIsOnItsWayIsNotSentASecondTime() {
        Item item = rows.add(Item.named("once"));
        outbox.publish(item);
        await().until(() -> sent.contains("once"));
        jobs.run("items-sweep");
        jobs.run("items-sweep");
        assertThat(sent).containsExactly("once");
        assertThat(rows.published).containsEntry(item.id(), 1);
    }

    private double gauge(String name) {
        return metrics.get(name).tag("rows", "items").gauge().value();
    }

    private static List<Outbox.Event> eventsOf(Item item) {
        if (item.name().equals(BROKEN)) {
            throw new IllegalStateException("no event can be made of this");
        }
        return List.of(new Outbox.Event("item.changed", Map.of("name", item.name())));
    }

    @SuppressWarnings("unchecked")
    private MutinyEmitter<byte[]> channel() {
        return (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                OutboxTest.class.getClassLoader(),
                new Class<?>[] {MutinyEmitter.class},
                (proxy, method, arguments) -> confirm((Message<byte[]>) arguments[0]));
    }

    private Uni<Void> confirm(Message<byte[]> message) throws java.io.IOException {
        if (brokerAway) {
            return Uni.createFrom().failure(new IllegalStateException("nobody there"));
        }
        sent.add(new ObjectMapper().readTree(message.getPayload()).path("name").asText());
        return Uni.createFrom().voidItem();
    }

    /** A table in memory; all its rows have lagged for long enough. */
    private static final class Rows implements Outbox.Table<Item> {

        static final int PAGE = 3;

        private final Map<UUID, Item> items = new ConcurrentHashMap<>();
        private final List<UUID> order = new ArrayList<>();
        private final Map<UUID, Integer> published = new ConcurrentHashMap<>();

        Item add(Item item) {
            items.put(item.id(), item);
            order.remove(item.id());
            order.add(item.id());
            return item;
        }

        @Override
        public List<Item> findUnpublished(Collection<UUID> passedOver) {
            return order.stream()
                    .filter(id -> !passedOver.contains(id))
                    .map(items::get)
                    .filter(item -> published.getOrDefault(item.id(), 0) < item.version())
                    .limit(PAGE)
                    .toList();
        }

        @Override
        public void markPublished(List<UUID> ids, List<Integer> versions) {
            for (int i = 0; i < ids.size(); i++) {
                published.merge(ids.get(i), versions.get(i), Math::max);
            }
        }
    }
}
