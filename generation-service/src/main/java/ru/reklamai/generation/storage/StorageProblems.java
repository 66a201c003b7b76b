package ru.reklamai.generation.storage;

import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** What S3's failures mean to a caller. */
class StorageProblems {

    private static final Logger LOG = Logger.getLogger(StorageProblems.class);

    @ServerExceptionMapper
    Response toResponse(StorageException failure) {
        LOG.warnf("S3 failed: cause=%s", failure.getCause());
        return Problems.of(Problem.UNAVAILABLE, MessageCode.FILE_STORE_UNAVAILABLE)
                .toResponse();
    }
}
