package dev.slipway.messaging;

import dev.slipway.messaging.Recipe.Subscription;
import io.micrometer.core.instrument.Gauge;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead letters of one service: what it heard and could not do, and what it could not send. Each is kept with its
 * original bytes until a person replays or discards it, on record. A replay goes to the one consumer that failed, so no
 * other hears it twice; it may be done twice, like everything that is heard.
 */
public final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final Surroundings around;
    private final Recipe recipe;
    private final Map<String, AtomicLong> waiting = new ConcurrentHashMap<>();

    DeadLetters(Surroundings around, Recipe recipe) {
        this.around = around;
        this.recipe = recipe;
    }

    /**
     * What came of a replay or a discarding.
     *
     * @param done whether the letter is as was asked; a letter that is so already counts as done
     * @param text what happened, for people
     */
    public record Settled(Letter letter, boolean done, String text) {}

    /** Name of the service, the first part of each id. */
    public String service() {
        return around.settings().service();
    }

    public List<Letter> waiting(@Nullable String afterId, int limit) {
        return letters().waiting(afterId, limit);
    }

    public List<Letter> settled(@Nullable String afterId, int limit) {
        return letters().settled(afterId, limit);
    }

    /** Of each topic of which letters wait, the first in id order, without its bytes. */
    public List<Letter> firstOfEachTopic() {
        return letters().waitingByTopic().keySet().stream()
                .sorted()
                .flatMap(topic -> letters().waiting(service() + ":" + topic + ":", 1).stream()
                        .filter(letter -> letter.topic().equals(topic)))
                .toList();
    }

    public Optional<Letter> find(String id) {
        return letters().find(id);
    }

    /** Text as it may be shown: without what looks like a secret. */
    public static String shown(String text) {
        return Reasons.masked(text);
    }

    void heard(WireRecord record, String position, String group, Throwable why) {
        keep(Letter.waiting(service() + ":" + record.topic() + ":" + position, record, group, Reasons.of(why), now()));
    }

    /** One that could not be sent, or was for this service itself. */
    void unsent(WireRecord record, Throwable why) {
        String id = record.headers().getOrDefault("ce_id", record.key());
        UUID hash = UUID.nameUUIDFromBytes((record.topic() + " " + id).getBytes(StandardCharsets.UTF_8));
        keep(Letter.waiting(service() + ":" + record.topic() + ":sent:" + hash, record, null, Reasons.of(why), now()));
    }

    private void keep(Letter letter) {
        around.meters().counter("slipway.dead.letters", "topic", letter.topic()).increment();
        AtomicLong ofTopic = of(letter.topic());
        log.error(
                "{}Dead letter {}: {}. See: slipway deadletters show {}",
                ofTopic.get() == 0 ? "The first of its topic. " : "",
                letter.id(),
                letter.reason(),
                letter.id());
        if (waiting.values().stream().mapToLong(AtomicLong::get).sum()
                >= around.settings().deadLettersMax()) {
            around.meters()
                    .counter("slipway.dead.letters.beyond", "topic", letter.topic())
                    .increment();
            log.error("Too many dead letters wait: {} is in its dead letter topic alone", letter.id());
            return;
        }
        letters().keep(letter);
        ofTopic.incrementAndGet();
    }

    private AtomicLong of(String topic) {
        return waiting.computeIfAbsent(topic, name -> {
            AtomicLong count = new AtomicLong();
            Gauge.builder("slipway.dead.letters.waiting", count, AtomicLong::get)
                    .description("Dead letters that wait for a person")
                    .tag("topic", name)
                    .register(around.meters());
            return count;
        });
    }

    /** Shows that none waits of a topic, before the first does. */
    void expects(String topic) {
        of(topic);
    }

    /** Counts anew: other instances keep and settle letters too. */
    void count() {
        Map<String, Long> counted = letters().waitingByTopic();
        counted.keySet().forEach(this::of);
        waiting.forEach((topic, count) -> count.set(counted.getOrDefault(topic, 0L)));
    }

    /** Has it done again by whoever failed. */
    public Optional<Settled> replay(String id, String actor, String why) {
        return find(id).map(letter -> switch (letter.state()) {
            case WAITING -> tryAgain(letter, actor, why);
            case REPLAYED -> new Settled(letter, true, "It was replayed before, by " + letter.by() + ".");
            case DISCARDED ->
                new Settled(
                        letter,
                        false,
                        "It was discarded by %s and is not replayed: %s".formatted(letter.by(), letter.why()));
        });
    }

    private Settled tryAgain(Letter letter, String actor, String why) {
        try {
            deliver(letter);
        } catch (RuntimeException failed) {
            if (Transience.passes(failed)) {
                throw failed;
            }
            Letter still = letter.triedInVain(Reasons.of(failed));
            letters().triedInVain(still);
            return new Settled(still, false, "It failed again and waits on. " + still.reason());
        }
        return settle(letter.settled(Letter.State.REPLAYED, actor, why, now()), "Replayed.");
    }

    private void deliver(Letter letter) {
        if (letter.topic().equals(Message.LOCAL)) {
            recipe.deliverLocally(letter.wire().inbound(letter.at()));
        } else if (letter.group() == null) {
            around.sink().send(letter.wire());
        } else {
            recipe.dispatch(listener(letter).routes(), letter.wire().inbound(letter.at()));
        }
    }

    private Subscription listener(Letter letter) {
        return recipe.subscriptions().stream()
                .filter(each ->
                        each.topics().contains(letter.topic()) && !each.routes().partial())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody here listens to " + letter.topic()));
    }

    /** Lets go of it: nobody does what it asked for. */
    public Optional<Settled> discard(String id, String actor, String why) {
        return find(id).map(letter -> switch (letter.state()) {
            case WAITING -> settle(letter.settled(Letter.State.DISCARDED, actor, why, now()), "Discarded.");
            case DISCARDED -> new Settled(letter, true, "It was discarded before, by " + letter.by() + ".");
            case REPLAYED ->
                new Settled(
                        letter,
                        false,
                        "It was replayed by %s: there is nothing left to discard.".formatted(letter.by()));
        });
    }

    private Settled settle(Letter settled, String text) {
        letters().settle(settled);
        of(settled.topic()).updateAndGet(count -> Math.max(0, count - 1));
        log.warn("Dead letter {} is {} by {}: {}", settled.id(), settled.state(), settled.by(), settled.why());
        return new Settled(settled, true, text);
    }

    private Letters letters() {
        return around.stores().letters();
    }

    private Instant now() {
        return around.clock().instant();
    }
}
