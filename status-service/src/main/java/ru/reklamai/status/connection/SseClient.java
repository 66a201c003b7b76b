package ru.reklamai.status.connection;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import ru.reklamai.events.UserUpdate;

/**
 * A client that takes server-sent events, the next one when the one before has been written: only so is a slow client
 * known as one. While there is nothing to tell it gets comments, which keep proxies from closing.
 */
final class SseClient implements Client {

    /** What this kind of stream does its own way. */
    record Format(Sse sse, Duration keepAlive, Function<UserUpdate, String> idOf) {}

    private final MultiEmitter<? super OutboundSseEvent> emitter;
    private final Format format;
    private long requested;
    private long emitted;
    private Optional<OutboundSseEvent> waiting = Optional.empty();
    private CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);

    private SseClient(MultiEmitter<? super OutboundSseEvent> emitter, Format format) {
        this.emitter = emitter;
        this.format = format;
        this.requested = emitter.requested();
        emitter.onRequest(this::onRequest);
    }

    /** Returns the events of a connection that opens with the first look at them and ends with the last. */
    static Multi<OutboundSseEvent> stream(Connections connections, Connections.Request request, Format format) {
        // The client waits by itself: a buffer would also hold back the end of the stream.
        return Multi.createFrom()
                .emitter(emitter -> open(emitter, connections, request, format), BackPressureStrategy.IGNORE);
    }

    private static void open(
            MultiEmitter<? super OutboundSseEvent> emitter,
            Connections connections,
            Connections.Request request,
            Format format) {
        var client = new SseClient(emitter, format);
        LiveConnection connection = connections.open(request, client);
        Cancellable keepAlives = Multi.createFrom()
                .ticks()
                .every(format.keepAlive())
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> client.keepAlive());
        emitter.onTermination(() -> {
            keepAlives.cancel();
            connection.leave();
        });
    }

    @Override
    public synchronized CompletableFuture<Void> send(UserUpdate update) {
        sending = new CompletableFuture<>();
        waiting = Optional.of(format.sse()
                .newEventBuilder()
                .id(format.idOf().apply(update))
                .name("update")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(UserUpdate.class, update)
                .build());
        emitWaiting();
        return sending;
    }

    @Override
    public CompletableFuture<Void> close(Ending ending) {
        emitter.complete();
        return CompletableFuture.completedFuture(null);
    }

    /** A request more than there were events means that all of them have been written. */
    private void onRequest(long more) {
        CompletableFuture<Void> taken;
        synchronized (this) {
            requested += more;
            emitWaiting();
            if (!isReady()) {
                return;
            }
            taken = sending;
        }
        taken.complete(null);
    }

    private synchronized void keepAlive() {
        if (isReady()) {
            emit(format.sse().newEventBuilder().comment("still here").build());
        }
    }

    private boolean isReady() {
        return requested > emitted;
    }

    private void emitWaiting() {
        if (isReady() && waiting.isPresent()) {
            OutboundSseEvent event = waiting.get();
            waiting = Optional.empty();
            emit(event);
        }
    }

    private void emit(OutboundSseEvent event) {
        emitted++;
        emitter.emit(event);
    }
}
