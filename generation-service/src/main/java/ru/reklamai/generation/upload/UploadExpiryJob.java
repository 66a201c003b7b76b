package ru.reklamai.generation.upload;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Forgets the uploads that nothing used in time; their files follow. */
@ApplicationScoped
class UploadExpiryJob {

    private static final Logger LOG = Logger.getLogger(UploadExpiryJob.class);

    private final UploadRepository uploads;
    private final UploadConfig config;

    UploadExpiryJob(UploadRepository uploads, UploadConfig config) {
        this.uploads = uploads;
        this.config = config;
    }

    @Scheduled(every = "${reklamai.upload.expiry-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        int expired = uploads.expire(config.unusedLifetime());
        if (expired > 0) {
            LOG.infof("unused uploads expired: files=%d", expired);
        }
    }
}
