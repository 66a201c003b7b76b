package ru.reklamai.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import ru.reklamai.simulator.task.Fault;
import ru.reklamai.simulator.task.SimulatedTask;

/** Sends signed callbacks when tasks end, and at odd times where a fault says so. */
@Singleton
class Callbacks {

    private static final Logger LOG = Logger.getLogger(Callbacks.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final SimulatorConfig config;
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong sent = new AtomicLong();

    Callbacks(SimulatorConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
    }

    long sent() {
        return sent.get();
    }

    /** @param filesUrl this simulator's own address */
    void plan(SimulatedTask task, String filesUrl) {
        if (task.callBackUrl().isEmpty() || task.has(Fault.NO_CALLBACK)) {
            return;
        }
        if (task.has(Fault.EARLY_CALLBACK)) {
            send(task, filesUrl);
        }
        if (task.has(Fault.NEVER)) {
            return;
        }
        long delay = Duration.between(Instant.now(), task.endsAt()).toMillis() + 5;
        if (task.has(Fault.LATE_CALLBACK)) {
            delay += 10_000;
        }
        int times = task.has(Fault.REPEAT_CALLBACK) ? 3 : 1;
        for (int i = 0; i < times; i++) {
            var unused = clock.schedule(
                    () -> Thread.startVirtualThread(() -> send(task, filesUrl)),
                    delay + i * 50L,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void send(SimulatedTask task, String filesUrl) {
        Instant now = Instant.now();
        boolean failed = task.phaseAt(now) == SimulatedTask.Phase.FAILED;
        for (ObjectNode data : task.family().callbacks(task, filesUrl, now)) {
            post(task, failed ? new Envelope(501, "Failed (simulated)", data) : Envelope.ok(data), now);
        }
    }

    private void post(SimulatedTask task, Envelope body, Instant now) {
        String timestamp = String.valueOf(now.getEpochSecond());
        String key = task.has(Fault.FORGED_CALLBACK) ? "another-key" : config.webhookKey();
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(task.callBackUrl().orElseThrow()))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("X-Webhook-Timestamp", timestamp)
                    .header("X-Webhook-Signature", sign(task.taskId() + "." + timestamp, key))
                    .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                    .build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            sent.incrementAndGet();
            LOG.infof("callback sent: taskId=%s answer=%d", task.taskId(), status);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            LOG.warnf("callback not delivered: taskId=%s cause=%s", task.taskId(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String sign(String text, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
    }
}
