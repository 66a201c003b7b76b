package ru.reklamai.e2e;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts all services and the simulator on the ports of the tests, once for all test classes, and stops them after. */
public final class Stack implements BeforeAllCallback, AutoCloseable {

    public static final String GATEWAY = "http://127.0.0.1:28080";
    static final String SIMULATOR = "http://127.0.0.1:28090";
    static final StackCommand COMMAND = new StackCommand("e2e", "jdbc:postgresql://127.0.0.1:18432/reklamai_e2e");

    /** Connects to the broker behind the services' back. */
    static Connection broker() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri("amqp://reklamai:reklamai@127.0.0.1:18672/reklamai-e2e");
        return factory.newConnection();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Stack.class, key -> {
            COMMAND.run("start");
            COMMAND.execute("UPDATE studio.models SET deadline_seconds = 10 WHERE key = 'google/imagen4-fast'");
            return this;
        });
    }

    @Override
    public void close() {
        COMMAND.run("stop");
    }
}
