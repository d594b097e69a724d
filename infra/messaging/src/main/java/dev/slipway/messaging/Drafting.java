package dev.slipway.messaging;

import dev.slipway.chain.Seal;
import dev.slipway.chain.Signer;
import dev.slipway.messaging.Effect.DropTask;
import dev.slipway.messaging.Effect.Send;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.messaging.Effect.StartTimer;
import dev.slipway.messaging.Effect.StopTimer;
import dev.slipway.messaging.StoredAggregate.Outgoing;
import dev.slipway.messaging.StoredAggregate.Task;
import dev.slipway.messaging.StoredAggregate.Timer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes what was decided about a document into its next version. */
final class Drafting {
    private final JsonMapper json;
    private final String source;
    private final StoredAggregate before;
    private final String write;
    private final Instant now;
    private final SortedMap<String, Outgoing> outbox;
    private final Map<String, Timer> timers;
    private final Map<String, Task> tasks;
    private final List<Trigger<?>> taken = new ArrayList<>();
    private final List<Trigger<?>> movers = new ArrayList<>();
    private final Set<String> reasons = new LinkedHashSet<>();
    private final List<Said> said = new ArrayList<>();
    private Cause cause = Cause.of("nobody");
    private final Map<String, Integer> rounds = new HashMap<>();
    private @Nullable String correlation;
    private int sends;

    /** Makes a state into JSON. */
    @FunctionalInterface
    interface Tree<S> {
        ObjectNode of(S state);
    }

    /** A message, and whom it follows from. */
    private record Said(Message message, Cause cause) {}

    /**
     * @param write id of the write, by which it is recognised
     * @param sent what of the outbox is sent already, and leaves it with this write
     */
    Drafting(JsonMapper json, String source, StoredAggregate before, String write, Set<String> sent, Instant now) {
        this.json = json;
        this.source = source;
        this.before = before;
        this.write = write;
        this.now = now;
        this.outbox = new TreeMap<>(before.outbox());
        outbox.keySet().removeAll(sent);
        this.timers = new HashMap<>(before.timers());
        this.tasks = new HashMap<>(before.tasks());
    }

    /** Whether an input moves the state, and why. */
    record Taken(boolean moves, @Nullable String reason) {}

    /**
     * Adds what one input leads to, without the timer or task that it uses up.
     *
     * @param again timers that start again by their own firing, and how often they have
     */
    void take(Trigger<?> trigger, List<Effect> effects, Map<String, Integer> again, Taken how) {
        about(trigger);
        rounds.putAll(again);
        taken.add(trigger);
        if (how.moves()) {
            movers.add(trigger);
        }
        if (how.reason() != null) {
            reasons.add(how.reason());
        }
        timers.keySet().removeAll(trigger.timersUsed());
        tasks.keySet().removeAll(trigger.tasksUsed());
        effects.forEach(this::add);
    }

    /** Adds what is sent for a document that cannot change any more. */
    void answer(Trigger<?> trigger, List<Effect> effects) {
        about(trigger);
        effects.forEach(this::say);
    }

    private void about(Trigger<?> trigger) {
        cause = trigger.cause();
        correlation = cause.correlation();
        rounds.clear();
    }

    private void say(Effect effect) {
        if (effect instanceof Send(Message message)) {
            correlation = correlation == null ? message.correlation() : correlation;
            said.removeIf(earlier -> supersedes(message, earlier.message()));
            said.add(new Said(message, cause));
        }
    }

    private static boolean supersedes(Message later, Message earlier) {
        return later.replaces() != null
                && later.replaces().equals(earlier.replaces())
                && later.topic().equals(earlier.topic());
    }

    private void add(Effect effect) {
        say(effect);
        switch (effect) {
            case Send(Message message) -> send(message);
            case StartTimer(String name, Instant due) -> startTimer(name, due.truncatedTo(ChronoUnit.MILLIS));
            case StopTimer(String name) -> timers.remove(name);
            case StartTask(String id, String kind, Object body) -> // one that runs already goes on
                tasks.putIfAbsent(id, new Task(kind, json.writeValueAsString(body), 0, null, 0, lineage()));
            case DropTask(String id) -> tasks.remove(id);
        }
    }

    private Lineage lineage() {
        return new Lineage(cause.traceparent(), correlation);
    }

    private void send(Message message) {
        if (message.question() && outbox.values().stream().anyMatch(unsent -> isSame(unsent, message))) {
            return;
        }
        String slot = message.replaces();
        if (slot != null) {
            outbox.values().removeIf(unsent -> slot.equals(unsent.replaces()));
        }
        long version = before.version() + 1;
        String key = String.format(Locale.ROOT, "%010d-%03d", version, sends++);
        outbox.put(key, outgoing(message, cause, key, version));
    }

    private boolean isSame(Outgoing unsent, Message question) {
        return unsent.topic().equals(question.topic())
                && unsent.key().equals(question.key())
                && question.type().equals(unsent.headers().get("ce_type"))
                && unsent.body().equals(json.writeValueAsString(question.body()));
    }

    private void startTimer(String name, Instant due) {
        Timer running = timers.get(name);
        if (running == null || !running.due().equals(due)) {
            timers.put(name, new Timer(due, before.version() + 1, lineage(), rounds.get(name)));
        }
    }

    private Outgoing outgoing(Message message, Cause cause, String number, long sourceVersion) {
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", source + "#" + number);
        headers.put("ce_source", source);
        headers.put("ce_type", message.type());
        headers.put("ce_time", now.toString());
        headers.put("ce_correlationid", message.correlation());
        headers.put("ce_sourceversion", Long.toString(sourceVersion));
        headers.put("content-type", "application/json");
        if (cause.id() != null) {
            headers.put("ce_causationid", cause.id());
        }
        if (cause.traceparent() != null) {
            headers.put("ce_traceparent", cause.traceparent());
        }
        if (message.question()) {
            headers.put(WireRecord.QUESTION, "1");
        }
        String body = json.writeValueAsString(message.body());
        return new Outgoing(message.topic(), message.key(), headers, body, message.replaces(), now);
    }

    /** The messages as they are sent without a write: from the document as it is, each under an id of its own. */
    List<Outgoing> sentAsIs() {
        List<Outgoing> direct = new ArrayList<>();
        for (Said each : said) {
            direct.add(outgoing(each.message(), each.cause(), write + "-" + direct.size(), before.version()));
        }
        return direct;
    }

    /**
     * The next version, or null if there is nothing to write but messages.
     *
     * @param signer who closes the chain with this entry, or null
     */
    @Nullable
    StoredAggregate after(
            boolean moved, Supplier<ObjectNode> tree, boolean finished, Core<?, ?> core, @Nullable Signer signer) {
        ObjectNode state = moved || before.version() == 0 ? tree.get() : before.state();
        boolean stays = !moved || state.equals(before.state());
        if (stays && timers.equals(before.timers()) && tasks.equals(before.tasks())) {
            return null;
        }
        List<JournalEntry> journal = new ArrayList<>(before.journal());
        JournalEntry entry = entry(state, core);
        @Nullable Seal head = before.head();
        if (!entry.isEmpty()) {
            JournalEntry chained = chained(entry, signer);
            journal.add(chained);
            head = chained.seal();
        }
        return new StoredAggregate(
                before.id(),
                before.version() + 1,
                state,
                journal,
                outbox,
                timers,
                tasks,
                finished,
                before.createdAt(),
                now,
                head);
    }

    private JournalEntry chained(JournalEntry entry, @Nullable Signer signer) {
        JournalEntry sealed = Journal.sealed(source, before.head(), entry);
        Seal seal = sealed.seal();
        return signer == null || seal == null ? sealed : sealed.with(seal.with(signer.sign(source, seal, now)));
    }

    private JournalEntry entry(ObjectNode state, Core<?, ?> core) {
        Set<String> unjournaled = core.unjournaled();
        ObjectNode set = state.deepCopy().remove(unjournaled);
        before.state().properties().forEach(field -> {
            if (field.getValue().equals(set.get(field.getKey()))) {
                set.remove(field.getKey());
            }
        });
        List<String> unset = before.state().propertyNames().stream()
                .filter(name -> !state.has(name) && !unjournaled.contains(name))
                .toList();
        ObjectNode added = JsonNodeFactory.instance.objectNode();
        core.growing().stream().filter(set::has).forEach(name -> {
            ArrayNode more = Journal.added(before.state().get(name), set.get(name));
            if (more != null) {
                set.remove(name);
                added.set(name, more);
            }
        });
        List<Trigger<?>> who = movers.isEmpty() ? taken : movers;
        return new JournalEntry(
                before.version() + 1,
                write,
                now,
                all(who, trigger -> trigger.cause().actor()),
                all(who, Trigger::name),
                reasons.isEmpty() ? null : String.join("; ", reasons),
                set,
                unset,
                added.isEmpty() ? null : added,
                null);
    }

    private static String all(List<Trigger<?>> triggers, Function<Trigger<?>, String> what) {
        return triggers.stream().map(what).distinct().collect(Collectors.joining(", "));
    }
}
