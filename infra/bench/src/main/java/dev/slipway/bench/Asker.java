package dev.slipway.bench;

import dev.slipway.contracts.WireJson;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A client process, and what it is asked to do. */
final class Asker implements AutoCloseable {
    private static final int TIMES_MAX = 32;

    private final Child child = Child.start(ClientMain.class);

    Tally run(Order order) {
        child.say(WireJson.mapper().writeValueAsString(order));
        return WireJson.mapper().readValue(child.hear(), Tally.class);
    }

    /**
     * The first look at a piece of work that saw anything. A time in which nothing ended, well or not, says only that the
     * machine was busy: twice as long is looked then.
     *
     * @param seen what a look says of the work
     */
    static <T> T untilSomethingIsSeen(Order order, Function<Order, T> look, Function<T, Tally> seen) {
        T looked = look.apply(order);
        for (int times = 2; seen.apply(looked).sawNothing() && times <= TIMES_MAX; times *= 2) {
            looked = look.apply(order.lasting(order.warmUpMillis(), order.millis() * times));
        }
        return looked;
    }

    /** The milliseconds that {@link #untilSomethingIsSeen} takes at most: each look lasts twice as long as the one before. */
    static long looking(Order order) {
        return 2L * TIMES_MAX * (order.warmUpMillis() + order.millis());
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
