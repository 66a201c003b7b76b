package ru.reklamai.worker.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.quarkiverse.minio.client.MinioQualifier;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.kie.KieClient;
import ru.reklamai.worker.kie.KieConfig;
import ru.reklamai.worker.kie.KieConfig.InputFiles;
import ru.reklamai.worker.submission.InputAddresses.NotAddressableException;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class InputAddressesTest {

    private static final String BUCKET = "test-uploads";

    @Inject
    MinioClient s3;

    @Inject
    @MinioQualifier("public")
    MinioClient signer;

    @Inject
    KieClient kie;

    @Inject
    KieConfig config;

    KieStub stub;

    private final String path = "user/" + UuidCreator.getTimeOrderedEpoch() + ".png";

    @BeforeEach
    void anUpload() throws Exception {
        stub.reset();
        if (!s3.bucketExists(BucketExistsArgs.builder().bucket(BUCKET).build())) {
            s3.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
        }
        byte[] content = "a picture".getBytes(StandardCharsets.UTF_8);
        s3.putObject(PutObjectArgs.builder().bucket(BUCKET).object(path).stream(
                        new ByteArrayInputStream(content), content.length, -1)
                .build());
    }

    @Test
    void aLinkLeadsToTheFile() throws Exception {
        Map<String, Object> input =
                with(InputFiles.PRESIGNED).addTo(Map.of("prompt", "a cup"), List.of(file("image", false, path)));
        assertThat(input).containsEntry("prompt", "a cup");
        var response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(input.get("image").toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("a picture");
    }

    @Test
    void aFieldThatTakesAListGetsAllItsFiles() throws Exception {
        Map<String, Object> input = with(InputFiles.PRESIGNED)
                .addTo(Map.of(), List.of(file("image_urls", true, path), file("image_urls", true, path)));
        assertThat(input.get("image_urls"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void whereKieCantReachUsItGetsACopy() throws Exception {
        stub.answer(KieStub.UPLOAD, "{'code':200,'data':{'downloadUrl':'https://kie/in.png'}}");
        assertThat(with(InputFiles.UPLOAD).addTo(Map.of(), List.of(file("image", false, path))))
                .containsEntry("image", "https://kie/in.png");
        assertThat(stub.requests(KieStub.UPLOAD).getFirst().getBodyAsString()).contains("a picture");
    }

    @Test
    void aFileThatIsNotThereOrNotTakenHasNoAddress() {
        stub.answer(KieStub.UPLOAD, "{'code':500}");
        assertThatThrownBy(() -> with(InputFiles.UPLOAD).addTo(Map.of(), List.of(file("image", false, path))))
                .isInstanceOf(NotAddressableException.class);
        assertThatThrownBy(() -> with(InputFiles.UPLOAD).addTo(Map.of(), List.of(file("image", false, "gone.png"))))
                .isInstanceOf(NotAddressableException.class);
    }

    private InputAddresses with(InputFiles way) {
        var chosen = (KieConfig) Proxy.newProxyInstance(
                KieConfig.class.getClassLoader(),
                new Class<?>[] {KieConfig.class},
                (proxy, method, arguments) ->
                        method.getName().equals("inputFiles") ? way : method.invoke(config, arguments));
        return new InputAddresses(s3, signer, kie, chosen);
    }

    private static InputFile file(String field, boolean list, String path) {
        return new InputFile(field, list, BUCKET, path);
    }
}
