package ru.reklamai.status.connection;

import java.util.concurrent.CompletableFuture;
import ru.reklamai.events.UserUpdate;

/** How updates are carried to a client. */
interface Client {

    /** Returns a future that ends when the client has taken the update. */
    CompletableFuture<Void> send(UserUpdate update);

    /** Returns a future that ends when the client has been told, or can't be any more. */
    CompletableFuture<Void> close(Ending ending);
}
