package ru.reklamai.status.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.GenerationUpdated;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.status.snapshot.Snapshots;

/**
 * One client that follows updates, whatever carries them to it. It is registered first and gets its snapshot then, so
 * nothing falls between; versions remove what comes twice. A snapshot that can't be read ends it, since a client that
 * connects again is better off than one that waits for what it has missed.
 */
final class LiveConnection {

    private static final Logger LOG = Logger.getLogger(LiveConnection.class);
    private static final long NO_TIMER = -1;

    private final Connections.Tools tools;
    private final UUID userId;
    private final Feed feed;
    private final String acceptLanguage;
    private final Locale language;
    private final Client client;
    private final Consumer<LiveConnection> onEnd;

    private final Backlog backlog;
    private AccessToken token;
    private Instant newest;
    private Optional<Instant> sendingSince = Optional.empty();
    private long expiryTimer = NO_TIMER;
    private boolean isFinishing;
    private boolean isEnded;

    LiveConnection(
            Connections.Tools tools, Connections.Request request, Client client, Consumer<LiveConnection> onEnd) {
        this.tools = tools;
        this.userId = request.token().userId();
        this.feed = request.feed();
        this.acceptLanguage = request.acceptLanguage();
        this.language = Messages.languageOf(request.acceptLanguage());
        this.client = client;
        this.onEnd = onEnd;
        this.backlog = new Backlog(feed.seen());
        this.token = request.token();
        this.newest = feed.since();
    }

    /** To be called once the connection is registered. */
    void start() {
        accept(token);
        refresh();
    }

    UUID userId() {
        return userId;
    }

    /** Goes on with a fresh token of the same user; with anything else the connection ends. */
    void renew(Optional<AccessToken> fresh) {
        fresh.filter(candidate -> candidate.userId().equals(userId))
                .ifPresentOrElse(this::accept, () -> end(Ending.TOKEN_WRONG));
    }

    private synchronized void accept(AccessToken fresh) {
        if (isEnded) {
            return;
        }
        token = fresh;
        tools.vertx().cancelTimer(expiryTimer);
        long left = Duration.between(Instant.now(), fresh.expiresAt()).toMillis();
        expiryTimer = tools.vertx().setTimer(Math.max(1, left), this::expire);
    }

    private void expire(long timer) {
        synchronized (this) {
            if (timer != expiryTimer) {
                return;
            }
        }
        end(Ending.TOKEN_ENDED);
    }

    /** Takes an event to be sent now or when the client is ready for it; the caller never waits. */
    void offer(GenerationUpdated event) {
        if (feed.includes(event.generationId())) {
            ErrorInfo error = event.error() == null ? null : Messages.explain(language, event.error());
            offer(UserUpdate.of(event, error));
        }
    }

    private void offer(UserUpdate update) {
        boolean isIdle;
        synchronized (this) {
            if (isEnded) {
                return;
            }
            newest = update.at().isAfter(newest) ? update.at() : newest;
            isFinishing |= feed.endsWith(update);
            backlog.add(update);
            isIdle = sendingSince.isEmpty();
            sendingSince = sendingSince.or(() -> Optional.of(Instant.now()));
        }
        if (isIdle) {
            sendWaiting();
        } else if (isTooSlow()) {
            end(Ending.TOO_SLOW);
        }
    }

    /** A loop rather than a chain: a client that takes each message at once must not cost a deeper stack each time. */
    private void sendWaiting() {
        for (Optional<UserUpdate> next = next(); next.isPresent(); next = next()) {
            CompletableFuture<Void> sending = client.send(next.get());
            if (!sending.isDone() || sending.isCompletedExceptionally()) {
                var unused = sending.whenComplete((taken, failure) -> goOn(failure != null));
                return;
            }
        }
    }

    private void goOn(boolean isBroken) {
        if (isBroken) {
            end(Ending.TOO_SLOW);
        } else {
            sendWaiting();
        }
    }

    private Optional<UserUpdate> next() {
        Optional<UserUpdate> next;
        boolean isFinished;
        synchronized (this) {
            next = backlog.poll();
            sendingSince = next.map(update -> Instant.now());
            isFinished = next.isEmpty() && isFinishing;
        }
        if (isFinished) {
            end(Ending.FINISHED);
        }
        return next;
    }

    private synchronized boolean isTooSlow() {
        Duration sendTime = Duration.between(sendingSince.orElseGet(Instant::now), Instant.now());
        return backlog.size() > tools.config().maxWaiting()
                || sendTime.compareTo(tools.config().maxSendTime()) > 0;
    }

    /** After a gap in the updates: reads what the client may have missed since the newest that it has. */
    void refresh() {
        Snapshots.Reader reader;
        Instant since;
        synchronized (this) {
            reader = new Snapshots.Reader(token.raw(), acceptLanguage);
            since = newest.minus(tools.config().overlap());
        }
        var unused = CompletableFuture.runAsync(
                        () -> feed.snapshot(tools.snapshots(), reader, since).forEach(this::offer), tools.executor())
                .exceptionally(failure -> {
                    LOG.warnf("no snapshot, the client must connect again: userId=%s cause=%s", userId, failure);
                    end(Ending.NO_SNAPSHOT);
                    return null;
                });
    }

    void end(Ending ending) {
        var unused = sendAway(ending);
    }

    /** The future ends when the client has been told. */
    CompletableFuture<Void> sendAway(Ending ending) {
        return leave() ? client.close(ending) : CompletableFuture.completedFuture(null);
    }

    /** The client is gone, or is about to be; returns whether it had not been before. */
    boolean leave() {
        synchronized (this) {
            if (isEnded) {
                return false;
            }
            isEnded = true;
            backlog.clear();
            tools.vertx().cancelTimer(expiryTimer);
        }
        onEnd.accept(this);
        return true;
    }
}
