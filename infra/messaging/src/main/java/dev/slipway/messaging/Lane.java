package dev.slipway.messaging;

import dev.slipway.messaging.Recipe.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchListenerFailedException;

/**
 * One subscription's listener. The records of one poll are decided in order and written together, each aggregate once; they
 * are acknowledged after that. What passes stops the lane where it is: it is tried again in order. What would fail again is
 * a dead letter, and what comes after it goes on.
 */
final class Lane implements BatchConsumerAwareMessageListener<String, byte[]> {
    private final Recipe recipe;
    private final Subscription subscription;
    private final Burying burying;
    private final Backlog backlog = new Backlog();
    /** Of the consumers that are in trouble: since when, and what stands in the way. */
    private final Map<Thread, Trouble> troubles = new ConcurrentHashMap<>();

    private record Trouble(long sinceNanos, Throwable why) {}

    /** Puts a record aside, for good. */
    @FunctionalInterface
    interface Burying {
        void bury(Subscription subscription, ConsumerRecord<String, byte[]> record, RuntimeException why);
    }

    Lane(Recipe recipe, Subscription subscription, Burying burying) {
        this.recipe = recipe;
        this.subscription = subscription;
        this.burying = burying;
    }

    Subscription subscription() {
        return subscription;
    }

    Backlog backlog() {
        return backlog;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> polled, @Nullable Consumer<?, ?> consumer) {
        hear(polled, consumer);
    }

    void hear(List<ConsumerRecord<String, byte[]>> polled, @Nullable Consumer<?, ?> consumer) {
        backlog.polled(polled, consumer);
        Together together = new Together();
        int from = 0;
        for (int i = 0; i < polled.size(); i++) {
            ConsumerRecord<String, byte[]> record = polled.get(i);
            try {
                together.run(i, () -> hear(record));
            } catch (RuntimeException broken) {
                write(together, polled, from); // what was decided before it does not wait for it
                putAside(record, i, broken);
                from = i + 1;
            }
            if (together.size() >= recipe.surroundings().settings().togetherMax()) {
                write(together, polled, from);
                from = i + 1;
            }
        }
        write(together, polled, from);
        backlog.done(polled, consumer);
        troubles.remove(Thread.currentThread());
    }

    private void write(Together together, List<ConsumerRecord<String, byte[]>> polled, int from) {
        try {
            together.write();
        } catch (RuntimeException broken) {
            if (Transience.passes(broken)) {
                throw again(from, broken);
            }
            for (int i : together.letGo()) { // alone, each shows whether it is the one that cannot be written
                alone(polled.get(i), i);
            }
        }
    }

    private void alone(ConsumerRecord<String, byte[]> record, int index) {
        try {
            hear(record);
        } catch (RuntimeException broken) {
            putAside(record, index, broken);
        }
    }

    private void putAside(ConsumerRecord<String, byte[]> record, int index, RuntimeException broken) {
        if (Transience.passes(broken)) {
            throw again(index, broken);
        }
        try {
            burying.bury(subscription, record, broken);
        } catch (RuntimeException notEvenThat) {
            throw again(index, notEvenThat); // a letter that nobody kept would be a loss
        }
    }

    private BatchListenerFailedException again(int index, RuntimeException broken) {
        troubles.merge(
                Thread.currentThread(),
                new Trouble(System.nanoTime(), broken),
                (before, _) -> new Trouble(before.sinceNanos(), broken));
        return new BatchListenerFailedException("Tried again in order", broken, index);
    }

    private void hear(ConsumerRecord<String, byte[]> consumed) {
        recipe.dispatch(subscription.routes(), wire(consumed).inbound(Instant.ofEpochMilli(consumed.timestamp())));
    }

    static WireRecord wire(ConsumerRecord<String, byte[]> consumed) {
        Map<String, String> headers = new HashMap<>();
        consumed.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        });
        byte[] body = Objects.requireNonNullElseGet(consumed.value(), () -> new byte[0]);
        return new WireRecord(consumed.topic(), Objects.requireNonNullElse(consumed.key(), ""), headers, body);
    }

    /** For how long the same record has been tried again; nothing while all is well. */
    Duration troubledFor() {
        return worst().map(found -> Duration.ofNanos(System.nanoTime() - found.sinceNanos()))
                .orElse(Duration.ZERO);
    }

    /** What stands in the way, in one line. */
    String trouble() {
        return worst().map(found -> Reasons.of(found.why())).orElse("nothing");
    }

    private Optional<Trouble> worst() {
        return troubles.values().stream().min(Comparator.comparingLong(Trouble::sinceNanos));
    }
}
