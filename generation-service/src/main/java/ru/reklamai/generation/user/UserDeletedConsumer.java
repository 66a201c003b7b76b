package ru.reklamai.generation.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.UserDeleted;
import ru.reklamai.kit.messaging.Inbox;

@ApplicationScoped
class UserDeletedConsumer {

    private static final Logger LOG = Logger.getLogger(UserDeletedConsumer.class);

    private final AccountRepository accounts;
    private final ObjectMapper json;

    UserDeletedConsumer(AccountRepository accounts, ObjectMapper json) {
        this.accounts = accounts;
        this.json = json;
    }

    @Incoming("user-deleted")
    @RunOnVirtualThread
    public void onUserDeleted(byte[] message) throws IOException {
        UserDeleted event = json.readValue(message, UserDeleted.class);
        boolean erased = Inbox.withRetry(() -> accounts.erase(event.userId()));
        LOG.infof("user erased: userId=%s now=%s", event.userId(), erased);
    }
}
