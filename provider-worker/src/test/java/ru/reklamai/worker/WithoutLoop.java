package ru.reklamai.worker.task;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Tasks take the steps that a test takes, and no others. */
public final class WithoutLoop implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("reklamai.loop.enabled", "false");
    }
}
