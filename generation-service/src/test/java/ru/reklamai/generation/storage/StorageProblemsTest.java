package ru.reklamai.generation.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StorageProblemsTest {

    @Test
    void whoeverMeetsAnS3ThatIsAwayMayTryAgainSoon() {
        Response answer = new StorageProblems().toResponse(new StorageException(new IOException("away")));
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isNotBlank();
    }
}
