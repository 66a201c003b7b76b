package ru.reklamai.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The real broker: publishes to the service, and looks at and cuts its connection. */
final class Broker implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Config config = ConfigProvider.getConfig();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Connection connection;
    private final Channel channel;

    Broker() throws IOException, TimeoutException {
        var factory = new ConnectionFactory();
        factory.setHost(setting("rabbitmq-host"));
        factory.setPort(Integer.parseInt(setting("rabbitmq-port")));
        factory.setUsername(setting("rabbitmq-username"));
        factory.setPassword(setting("rabbitmq-password"));
        factory.setVirtualHost(setting("rabbitmq-virtual-host"));
        connection = factory.newConnection("test");
        channel = connection.createChannel();
    }

    void publish(byte[] message) throws IOException {
        channel.basicPublish("reklamai", "generation.updated", null, message);
    }

    /** Returns the service's queue as the broker knows it, an empty object if there is none. */
    JsonNode queue() throws IOException, InterruptedException {
        String name = setting("mp.messaging.incoming.generation-updated.queue.name");
        return JSON.readTree(manage("GET", "queues/" + encode(setting("rabbitmq-virtual-host")) + "/" + encode(name)));
    }

    boolean isConsumed() throws IOException, InterruptedException {
        return !queue().path("consumer_details").isEmpty();
    }

    /** Returns the name of the connection that was closed. */
    String cutConnection() throws IOException, InterruptedException {
        String name = owner();
        manage("DELETE", "connections/" + encode(name));
        return name;
    }

    String owner() throws IOException, InterruptedException {
        return queue().path("owner_pid_details").path("name").asText();
    }

    private String manage(String method, String path) throws IOException, InterruptedException {
        int port = Integer.parseInt(setting("rabbitmq-port")) + 1;
        String login = setting("rabbitmq-username") + ":" + setting("rabbitmq-password");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + setting("rabbitmq-host") + ":" + port + "/api/" + path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200 ? response.body() : "{}";
    }

    private String setting(String name) {
        return config.getValue(name, String.class);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() throws IOException {
        connection.close();
        http.close();
    }
}
