package ru.reklamai.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;

/** KIE as a test wants it: it answers each path as it is told, and 404 elsewhere. */
public final class KieStub implements QuarkusTestResourceLifecycleManager {

    public static final String CREATE = "/api/v1/jobs/createTask";
    public static final String STATUS = "/api/v1/jobs/recordInfo";
    public static final String CREDIT = "/api/v1/chat/credit";
    public static final String FRESH_URL = "/api/v1/common/download-url";
    public static final String UPLOAD = "/api/file-stream-upload";

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    @Override
    public Map<String, String> start() {
        server.start();
        return Map.of("reklamai.kie.base-url", server.baseUrl(), "reklamai.kie.upload-url", server.baseUrl());
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(KieStub.class));
    }

    /** Forgets what it was told and asked before. */
    public void reset() {
        server.resetAll();
    }

    public void answer(String path, ResponseDefinitionBuilder answer) {
        server.stubFor(any(urlPathEqualTo(path)).willReturn(answer));
    }

    /** @param json with single quotes */
    public void answer(String path, String json) {
        answer(path, aResponse().withHeader("Content-Type", "application/json").withBody(json.replace('\'', '"')));
    }

    public String address(String path) {
        return server.baseUrl() + path;
    }

    public List<LoggedRequest> requests(String path) {
        return server.findAll(WireMock.anyRequestedFor(urlPathEqualTo(path)));
    }

    public int requests() {
        return server.findAll(WireMock.anyRequestedFor(anyUrl())).size();
    }
}
