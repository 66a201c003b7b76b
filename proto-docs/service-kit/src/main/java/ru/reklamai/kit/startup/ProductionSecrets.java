package ru.reklamai.kit.startup;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start in production with a secret that is missing or that stands in this repository. */
@ApplicationScoped
class ProductionSecrets {

    /** The defaults of the local stack. */
    private static final Set<String> PUBLIC_KNOWLEDGE = Set.of(
            "reklamai",
            "reklamai-local",
            "auth_service",
            "generation_service",
            "provider_worker",
            "simulator-key",
            "simulator-webhook-key",
            "local-callback-secret",
            "local-share-secret",
            "local-payment-secret");

    private final List<String> secrets;
    private final Config config;

    /** @param secrets names of the settings that hold secrets */
    ProductionSecrets(@ConfigProperty(name = "reklamai.secrets") List<String> secrets, Config config) {
        this.secrets = secrets;
        this.config = config;
    }

    void check(@Observes @Priority(1) StartupEvent event) {
        if (LaunchMode.current() != LaunchMode.NORMAL || !ConfigUtils.isProfileActive("prod")) {
            return;
        }
        for (String name : secrets) {
            Optional<String> value = config.getOptionalValue(name, String.class);
            if (value.isEmpty() || PUBLIC_KNOWLEDGE.contains(value.get())) {
                throw new IllegalStateException(
                        name + " must be set to a secret of your own in production: see deploy/README.md");
            }
        }
    }
}
