package ru.reklamai.worker.submission;

import io.minio.DownloadObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import io.minio.http.Method;
import io.quarkiverse.minio.client.MinioQualifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.worker.kie.KieClient;
import ru.reklamai.worker.kie.KieConfig;

/** Turns a user's uploads into addresses that KIE can fetch them from. */
@ApplicationScoped
public class InputAddresses {

    private final MinioClient s3;
    private final MinioClient signer;
    private final KieClient kie;
    private final KieConfig config;

    InputAddresses(MinioClient s3, @MinioQualifier("public") MinioClient signer, KieClient kie, KieConfig config) {
        this.s3 = s3;
        this.signer = signer;
        this.kie = kie;
        this.config = config;
    }

    /** No address could be made now; the same may work later. */
    public static final class NotAddressableException extends Exception {
        NotAddressableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Returns the input with the files' addresses in the fields that take them. */
    public Map<String, Object> addTo(Map<String, Object> input, List<InputFile> files) throws NotAddressableException {
        Map<String, Object> whole = new LinkedHashMap<>(input);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (InputFile file : files) {
            String address = addressOf(file);
            if (file.list()) {
                lists.computeIfAbsent(file.field(), field -> new ArrayList<>()).add(address);
            } else {
                whole.put(file.field(), address);
            }
        }
        whole.putAll(lists);
        return whole;
    }

    private String addressOf(InputFile file) throws NotAddressableException {
        try {
            return switch (config.inputFiles()) {
                case PRESIGNED -> link(file);
                case UPLOAD -> copyToKie(file);
            };
        } catch (MinioException | IOException | GeneralSecurityException e) {
            throw new NotAddressableException("no address for an input file", e);
        }
    }

    private String link(InputFile file) throws MinioException, IOException, GeneralSecurityException {
        return signer.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                .method(Method.GET)
                .bucket(file.bucket())
                .object(file.path())
                .expiry((int) config.inputLinkLifetime().toSeconds(), TimeUnit.SECONDS)
                .build());
    }

    private String copyToKie(InputFile file) throws MinioException, IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("input-");
        Path copy = folder.resolve("file");
        try {
            s3.downloadObject(DownloadObjectArgs.builder()
                    .bucket(file.bucket())
                    .object(file.path())
                    .filename(copy.toString())
                    .build());
            String name = file.path().substring(file.path().lastIndexOf('/') + 1);
            return kie.upload(copy, name).orElseThrow(() -> new IOException("KIE's file store took no file"));
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(folder);
        }
    }
}
