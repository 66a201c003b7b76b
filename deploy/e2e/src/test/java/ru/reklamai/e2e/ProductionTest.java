package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Stack.class)
class ProductionTest {

    /** A production like the local stack, but for the one secret that each test takes away or spoils. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("POSTGRES_URL", "postgresql://127.0.0.1:18432/reklamai_e2e"),
            Map.entry("POSTGRES_PASSWORD", "a secret of our own"),
            Map.entry("RABBITMQ_HOST", "127.0.0.1"),
            Map.entry("RABBITMQ_PORT", "18672"),
            Map.entry("RABBITMQ_USERNAME", "reklamai"),
            Map.entry("RABBITMQ_PASSWORD", "a secret of our own"),
            Map.entry("REDIS_URL", "redis://127.0.0.1:18379/2"),
            Map.entry("REKLAMAI_AUTH_URL", "http://127.0.0.1:28081"),
            Map.entry("REKLAMAI_GENERATION_URL", "http://127.0.0.1:28082"),
            Map.entry("REKLAMAI_PUBLIC_URL", "http://127.0.0.1:28080"),
            Map.entry("S3_ENDPOINT", "http://127.0.0.1"),
            Map.entry("S3_PUBLIC_ENDPOINT", "http://127.0.0.1"),
            Map.entry("S3_ACCESS_KEY", "a key of our own"),
            Map.entry("S3_SECRET_KEY", "a secret of our own"),
            Map.entry("KIE_API_KEY", "a secret of our own"),
            Map.entry("KIE_WEBHOOK_KEY", "a secret of our own"),
            Map.entry("CALLBACK_SECRET", "a secret of our own"),
            Map.entry("SHARE_SECRET", "a secret of our own"),
            Map.entry("PAYMENT_WEBHOOK_SECRET", "a secret of our own"),
            Map.entry("MAIL_FROM", "ReklamAI <noreply@example.org>"),
            Map.entry("SMTP_HOST", "127.0.0.1"),
            Map.entry("SMTP_USERNAME", "reklamai"),
            Map.entry("SMTP_PASSWORD", "a secret of our own"));

    @ParameterizedTest
    @CsvSource({
        "auth-service, AUTH_SIGNING_KEY, reklamai.auth.signing-key must be set",
        "generation-service, S3_SECRET_KEY, S3_SECRET_KEY",
        "generation-service, SHARE_SECRET, SHARE_SECRET",
        "provider-worker, CALLBACK_SECRET, CALLBACK_SECRET",
        "status-service, RABBITMQ_PASSWORD, rabbitmq-password must be set"
    })
    void aServiceDoesNotStartInProductionWithoutItsSecrets(String service, String variable, String said)
            throws IOException, InterruptedException {
        ProcessBuilder command = production(service);
        command.environment().remove(variable);
        assertThat(outputOfFailedStart(command)).contains(said);
    }

    @ParameterizedTest
    @CsvSource({
        "generation-service, POSTGRES_PASSWORD, generation_service, quarkus.datasource.password must be set",
        "generation-service, PAYMENT_WEBHOOK_SECRET, local-payment-secret, reklamai.payment.webhook-secret must be set",
        "provider-worker, CALLBACK_SECRET, local-callback-secret, reklamai.kie.callback-secret must be set",
        "status-service, RABBITMQ_PASSWORD, reklamai, rabbitmq-password must be set"
    })
    void aServiceDoesNotStartInProductionWithASecretThatEverybodyKnows(
            String service, String variable, String value, String said) throws IOException, InterruptedException {
        ProcessBuilder command = production(service);
        command.environment().put(variable, value);
        assertThat(outputOfFailedStart(command)).contains(said);
    }

    private static ProcessBuilder production(String service) {
        ProcessBuilder command = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.port=0",
                        "-jar",
                        StackCommand.root()
                                .resolve(service + "/target/quarkus-app/quarkus-run.jar")
                                .toString())
                .redirectErrorStream(true);
        command.environment().putAll(SETTINGS);
        return command;
    }

    private static String outputOfFailedStart(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.start();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(1);
        return output;
    }
}
