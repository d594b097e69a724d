package dev.slipway.messaging;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes one decision into the next version of a document. */
final class Drafting {
    private final JsonMapper json;
    private final String source;
    private final StoredAggregate before;
    private final Trigger<?> trigger;
    private final String write;
    private final Instant now;
    private final SortedMap<String, Outgoing> outbox;
    private final Map<String, Timer> timers;
    private final Map<String, Task> tasks;
    private @Nullable String correlation;
    private int sends;

    /** Starts from the document without the timer or task that the input uses up. */
    Drafting(JsonMapper json, String source, StoredAggregate before, Trigger<?> trigger, String write, Instant now) {
        this.json = json;
        this.source = source;
        this.before = before;
        this.trigger = trigger;
        this.write = write;
        this.now = now;
        this.outbox = new TreeMap<>(before.outbox());
        this.timers = new HashMap<>(before.timers());
        this.tasks = new HashMap<>(before.tasks());
        this.correlation = trigger.cause().correlation();
        timers.keySet().removeAll(trigger.timersUsed());
        tasks.keySet().removeAll(trigger.tasksUsed());
    }

    void add(Effect effect) {
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
        return new Lineage(trigger.cause().traceparent(), correlation);
    }

    private void send(Message message) {
        correlation = correlation == null ? message.correlation() : correlation; // a request does not name its release
        String slot = message.replaces();
        if (slot != null) {
            outbox.values().removeIf(unsent -> slot.equals(unsent.replaces()));
        }
        long version = before.version() + 1;
        String key = String.format(Locale.ROOT, "%010d-%03d", version, sends++);
        outbox.put(key, outgoing(message, key, version));
    }

    private void startTimer(String name, Instant due) {
        Timer running = timers.get(name);
        if (running == null || !running.due().equals(due)) {
            timers.put(name, new Timer(due, before.version() + 1, lineage()));
        }
    }

    private Outgoing outgoing(Message message, String number, long sourceVersion) {
        Cause cause = trigger.cause();
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
        String body = json.writeValueAsString(message.body());
        return new Outgoing(message.topic(), message.key(), headers, body, message.replaces(), now);
    }

    /** The messages as they are sent without a write: from the document as it is, each under an id of its own. */
    List<Outgoing> sentAsIs(List<Effect> effects) {
        List<Outgoing> direct = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Send(Message message)) {
                direct.add(outgoing(message, write + "-" + direct.size(), before.version()));
            }
        }
        return direct;
    }

    /** The next version, or null if there is nothing to write but messages. */
    @Nullable
    StoredAggregate after(
            boolean same, ObjectNode state, boolean finished, Set<String> unjournaled, @Nullable String reason) {
        boolean stays = same || state.equals(before.state());
        if (stays && timers.equals(before.timers()) && tasks.equals(before.tasks())) {
            return null;
        }
        List<JournalEntry> journal = new ArrayList<>(before.journal());
        JournalEntry entry = entry(state, unjournaled, reason);
        if (!entry.set().isEmpty() || !entry.unset().isEmpty()) {
            journal.add(entry);
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
                now);
    }

    private JournalEntry entry(ObjectNode state, Set<String> unjournaled, @Nullable String reason) {
        ObjectNode set = state.deepCopy().remove(unjournaled);
        before.state().properties().forEach(field -> {
            if (field.getValue().equals(set.get(field.getKey()))) {
                set.remove(field.getKey());
            }
        });
        List<String> unset = before.state().propertyNames().stream()
                .filter(name -> !state.has(name) && !unjournaled.contains(name))
                .toList();
        String actor = trigger.cause().actor();
        return new JournalEntry(before.version() + 1, write, now, actor, trigger.name(), reason, set, unset);
    }
}
