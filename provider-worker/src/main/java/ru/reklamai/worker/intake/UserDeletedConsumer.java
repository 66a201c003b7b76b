package ru.reklamai.worker.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.UserDeleted;
import ru.reklamai.kit.messaging.Inbox;
import ru.reklamai.worker.loop.WorkerLoop;
import ru.reklamai.worker.task.ProviderTaskRepository;

/** Takes a person who is gone out of the tasks; what KIE works on for them is watched for our accounts alone. */
@ApplicationScoped
class UserDeletedConsumer {

    private static final Logger LOG = Logger.getLogger(UserDeletedConsumer.class);

    private final ProviderTaskRepository tasks;
    private final WorkerLoop loop;
    private final ObjectMapper json;

    UserDeletedConsumer(ProviderTaskRepository tasks, WorkerLoop loop, ObjectMapper json) {
        this.tasks = tasks;
        this.loop = loop;
        this.json = json;
    }

    @Incoming("user-deleted")
    @RunOnVirtualThread
    public void onUserDeleted(byte[] message) throws IOException {
        UserDeleted event = json.readValue(message, UserDeleted.class);
        int erased = Inbox.withRetry(() -> tasks.erase(event.userId()));
        LOG.infof("user erased: userId=%s tasks=%d", event.userId(), erased);
        loop.wake();
    }
}
