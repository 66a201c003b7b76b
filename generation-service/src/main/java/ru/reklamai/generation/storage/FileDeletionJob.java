package ru.reklamai.generation.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import ru.reklamai.kit.database.DatabaseException;

/** Deletes the files of what was deleted. */
@ApplicationScoped
class FileDeletionJob {

    private static final Logger LOG = Logger.getLogger(FileDeletionJob.class);

    private final FileDeletionRepository deletions;
    private final Storage storage;
    private final MeterRegistry metrics;

    FileDeletionJob(FileDeletionRepository deletions, Storage storage, MeterRegistry metrics) {
        this.deletions = deletions;
        this.storage = storage;
        this.metrics = metrics;
    }

    @Scheduled(every = "${reklamai.storage.deletion-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        deletions.claim().forEach(this::delete);
    }

    private void delete(FileDeletionRepository.Deletion deletion) {
        try {
            int files = storage.deleteAll(deletion.bucket(), deletion.prefix());
            deletions.done(deletion.id());
            metrics.counter("reklamai.files.deleted").increment(files);
            LOG.infof("files deleted: bucket=%s prefix=%s files=%d", deletion.bucket(), deletion.prefix(), files);
        } catch (StorageException | DatabaseException e) {
            LOG.warnf("could not delete files, will try again: prefix=%s cause=%s", deletion.prefix(), e);
        }
    }
}
