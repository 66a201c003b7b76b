package ru.reklamai.generation;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;

/** Result files in S3, as the worker leaves them there. */
@ApplicationScoped
public class TestFiles {

    private static final String BUCKET = "test-outputs";

    private final MinioClient s3;

    TestFiles(MinioClient s3) {
        this.s3 = s3;
    }

    public void put(String path, byte[] content) throws Exception {
        s3.putObject(PutObjectArgs.builder().bucket(BUCKET).object(path).stream(
                        new ByteArrayInputStream(content), content.length, -1)
                .build());
    }

    public boolean isStored(String path) throws Exception {
        try {
            s3.statObject(StatObjectArgs.builder().bucket(BUCKET).object(path).build());
            return true;
        } catch (ErrorResponseException e) {
            return false;
        }
    }
}
