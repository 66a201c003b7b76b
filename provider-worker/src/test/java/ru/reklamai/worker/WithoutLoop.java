package ru.reklamai.worker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import ru.reklamai.conventions.TestKeys;

/** Tasks take the steps that a test takes, and no others; nothing runs by the clock; KIE answers what a test says. */
public final class WithoutLoop implements QuarkusTestProfile {

    private static final String CLEARING =
            "quarkus.fault-tolerance.\"ru.reklamai.worker.delivery.ResultStorage/clearAllBut\"";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "reklamai.loop.enabled",
                "false",
                "quarkus.scheduler.start-mode",
                "halted",
                "reklamai.kie.input-files",
                "upload",
                CLEARING + ".retry.delay",
                "1",
                CLEARING + ".exponential-backoff.max-delay",
                "10");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(KieStub.class), new TestResourceEntry(TestKeys.class));
    }
}
