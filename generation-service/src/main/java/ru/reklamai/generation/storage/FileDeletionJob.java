package ru.reklamai.generation.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Deletes the files of what was deleted, and uploads that nothing used in time. */
@ApplicationScoped
class FileDeletionJob {

    private static final Logger LOG = Logger.getLogger(FileDeletionJob.class);

    private final FileDeletionRepository deletions;
    private final UploadRepository uploads;
    private final Storage storage;
    private final StorageConfig config;
    private final MeterRegistry metrics;

    FileDeletionJob(
            FileDeletionRepository deletions,
            UploadRepository uploads,
            Storage storage,
            StorageConfig config,
            MeterRegistry metrics) {
        this.deletions = deletions;
        this.uploads = uploads;
        this.storage = storage;
        this.config = config;
        this.metrics = metrics;
    }

    @Scheduled(every = "${reklamai.storage.deletion-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        int expired = uploads.expire(config.unusedUploadLifetime());
        if (expired > 0) {
            LOG.infof("unused uploads expired: files=%d", expired);
        }
        deletions.claim().forEach(this::delete);
    }

    private void delete(FileDeletionRepository.Deletion deletion) {
        try {
            int files = storage.deleteAll(deletion.bucket(), deletion.prefix());
            deletions.done(deletion.id());
            metrics.counter("reklamai.files.deleted").increment(files);
            LOG.infof("files deleted: bucket=%s prefix=%s files=%d", deletion.bucket(), deletion.prefix(), files);
        } catch (RuntimeException e) {
            LOG.warnf("files not deleted, it will be tried again: prefix=%s cause=%s", deletion.prefix(), e);
        }
    }
}
