package dev.slipway.bench;

import dev.slipway.contracts.WireJson;
import java.util.concurrent.CompletableFuture;

/** A client process, and what it is asked to do. */
final class Asker implements AutoCloseable {
    private final Child child = Child.start(ClientMain.class);

    Tally run(Order order) {
        child.say(WireJson.mapper().writeValueAsString(order));
        return WireJson.mapper().readValue(child.hear(), Tally.class);
    }

    /** The same beside others; one at a time for each client. */
    CompletableFuture<Tally> begin(Order order) {
        child.say(WireJson.mapper().writeValueAsString(order));
        return CompletableFuture.supplyAsync(() -> WireJson.mapper().readValue(child.hear(), Tally.class), run -> {
            Thread.ofVirtual().start(run);
        });
    }

    /** Ends what was begun; its tally comes. */
    void enough() {
        child.say(ClientMain.ENOUGH);
    }

    @Override
    public void close() {
        child.close();
    }
}
