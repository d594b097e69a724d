package dev.slipway.bench;

import dev.slipway.contracts.WireJson;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A client process, and what it is asked to do. */
final class Asker implements AutoCloseable {
    private static final int TIMES_MAX = 32;

    private final Child child = Child.start(ClientMain.class);

    /** What was seen, of the first try in which anything was. */
    Tally run(Order order) {
        return untilSomethingIsSeen(order, this::once);
    }

    private Tally once(Order order) {
        child.say(WireJson.mapper().writeValueAsString(order));
        return WireJson.mapper().readValue(child.hear(), Tally.class);
    }

    /** A time in which nothing ended, well or not, says only that the machine was busy: twice as long is tried then. */
    static Tally untilSomethingIsSeen(Order order, Function<Order, Tally> once) {
        Tally tally = once.apply(order);
        for (int times = 2; tally.sawNothing() && times <= TIMES_MAX; times *= 2) {
            tally = once.apply(order.lasting(0, order.millis() * times));
        }
        return tally;
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
