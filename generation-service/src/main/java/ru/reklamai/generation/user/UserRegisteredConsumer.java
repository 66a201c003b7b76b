package ru.reklamai.generation.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Objects;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.UserRegistered;
import ru.reklamai.kit.messaging.Inbox;

@ApplicationScoped
class UserRegisteredConsumer {

    private static final Logger LOG = Logger.getLogger(UserRegisteredConsumer.class);

    private final AccountRepository accounts;
    private final ObjectMapper json;

    UserRegisteredConsumer(AccountRepository accounts, ObjectMapper json) {
        this.accounts = accounts;
        this.json = json;
    }

    @Incoming("user-registered")
    @RunOnVirtualThread
    public void onUserRegistered(byte[] message) throws IOException {
        UserRegistered event = json.readValue(message, UserRegistered.class);
        String fullName = Objects.requireNonNullElse(event.fullName(), "");
        Inbox.withRetry(() -> accounts.provision(event.userId(), event.email(), fullName));
        LOG.infof("account ready: userId=%s", event.userId());
    }
}
