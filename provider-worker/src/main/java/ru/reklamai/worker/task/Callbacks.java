package ru.reklamai.worker.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What a callback does to its task. */
@ApplicationScoped
public class Callbacks {

    private final ProviderTaskRepository tasks;
    private final WorkerLoop loop;

    Callbacks(ProviderTaskRepository tasks, WorkerLoop loop) {
        this.tasks = tasks;
        this.loop = loop;
    }

    /** Makes the task's next step due at once; false if there is no such task. */
    public boolean hint(UUID generationId, String providerTaskId) {
        boolean known = tasks.hint(generationId, providerTaskId);
        loop.wake();
        return known;
    }
}
