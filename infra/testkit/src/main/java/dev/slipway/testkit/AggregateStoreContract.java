package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.ChainCheck;
import dev.slipway.chain.ProofKeys;
import dev.slipway.chain.Seal;
import dev.slipway.messaging.AggregateStore;
import dev.slipway.messaging.Journal;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.StoredAggregate;
import dev.slipway.messaging.StoredAggregate.Outgoing;
import dev.slipway.messaging.StoredAggregate.Task;
import dev.slipway.messaging.StoredAggregate.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What every {@link AggregateStore} must do; each test of an implementation inherits it. */
public interface AggregateStoreContract {
    JsonMapper JSON = JsonMapper.shared();
    Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    Outgoing MESSAGE = new Outgoing("slipway.x", "k", Map.of("ce_id", "1"), "{\"a.b\":1}", "slot", NOW);

    List<String> CHAINED_STATES = List.of(
            "{\"int\":1,\"long\":4294967296,\"unsafe\":9007199254740993,\"max\":9223372036854775807,\"min\":-9223372036854775808}",
            "{\"rate\":0.05,\"whole\":2.0,\"zero\":-0.0,\"tiny\":5e-324,\"huge\":1.7976931348623157e308,\"third\":0.3333333333333333}",
            "{\"big\":123456789012345678901234567890,\"at\":\"2026-01-05T10:00:00.120Z\",\"for\":\"PT1M30S\"}",
            "{\"none\":null,\"in\":{\"none\":null,\"list\":[null,{\"x\":null},[]],\"empty\":{}}}",
            "{\"text\":\"Zo\u00eb \u20ac \ud83d\ude00 \\u0000\\u0007 \u2028 e\u0301 \\\\ \\\"/\",\"keys\":{\"a.b\":1,\"$c\":2,\"50%\":3,\"\":4,\"\ufb33\":5}}");

    /** An empty store. */
    AggregateStore store();

    @Test
    default void what_is_inserted_is_found_as_it_was() {
        AggregateStore store = store();
        StoredAggregate first = document("checkout@2.4.0", """
                {"phase":"STAGING","count":1,"big":9007199254740993,"rate":0.05,"whole":2.0,"none":null,"list":[1,"two",{"x":[]}],
                 "keys":{"a.b":1,"$c":2,"50%":3,"%2E":4,"%24":5,"":6}}""");

        assertThat(store.insert(first)).isTrue();

        assertThat(store.live("checkout@2.4.0")).contains(first);
        assertThat(store.finished("checkout@2.4.0")).isEmpty();
    }

    @Test
    default void an_id_is_taken_once() {
        AggregateStore store = store();
        store.insert(document("a", "{\"n\":1}"));

        assertThat(store.insert(document("a", "{\"n\":2}"))).isFalse();

        assertThat(store.live("a").orElseThrow().state()).isEqualTo(tree("{\"n\":1}"));
    }

    @Test
    default void an_id_is_taken_by_a_finished_document_too() {
        AggregateStore store = store();
        StoredAggregate first = document("a", "{}");
        store.insert(first);
        store.archive(first);

        assertThat(store.insert(first)).isFalse();

        assertThat(store.live("a")).isEmpty();
    }

    @Test
    default void a_write_sets_and_unsets_what_differs() {
        AggregateStore store = store();
        StoredAggregate before = document("a", "{\"phase\":\"STAGING\",\"kept\":{\"x\":1},\"gone\":true}");
        StoredAggregate after = next(before, "{\"phase\":\"BAKING\",\"kept\":{\"x\":1},\"odd.name\":[1],\"nil\":null}");

        assertThat(stored(store, before, after)).isEqualTo(after);
    }

    @Test
    default void a_write_of_another_version_changes_nothing() {
        AggregateStore store = store();
        StoredAggregate before = document("a", "{\"n\":1}");
        StoredAggregate second = stored(store, before, next(before, "{\"n\":2}"));

        assertThat(store.update(before, next(before, "{\"n\":3}"))).isFalse();
        StoredAggregate absent = document("absent", "{}");
        assertThat(store.update(absent, next(absent, "{\"n\":3}"))).isFalse();

        assertThat(store.live("a")).contains(second);
        assertThat(store.live("absent")).isEmpty();
    }

    @Test
    default void of_many_writers_of_one_version_one_wins() throws Exception {
        AggregateStore store = store();
        StoredAggregate before = document("a", "{\"n\":0}");
        store.insert(before);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> racers = IntStream.rangeClosed(1, 16)
                    .<Callable<Boolean>>mapToObj(n -> () -> store.update(before, next(before, "{\"n\":" + n + "}")))
                    .toList();
            int winners = 0;
            for (Future<Boolean> racer : writers.invokeAll(racers)) {
                winners += racer.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
        assertThat(store.live("a").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    default void one_write_edits_outbox_timers_tasks_and_journal() {
        AggregateStore store = store();
        StoredAggregate first = document("a", "{}");
        StoredAggregate second = next(
                first,
                "{\"n\":1}",
                Map.of("0000000002-000", MESSAGE, "0000000002-001", MESSAGE),
                Map.of("gates", timer(30), "odd.timer", timer(90)),
                Map.of("deploy/1", task(0, null), "done", task(1, "me")),
                false);
        assertThat(stored(store, first, second)).isEqualTo(second);
        assertThat(store.live("a").orElseThrow().due()).contains(NOW.plusSeconds(30));

        StoredAggregate third = next(
                second,
                "{\"n\":2}",
                Map.of("0000000002-001", MESSAGE, "0000000003-000", MESSAGE),
                Map.of("odd.timer", timer(90)),
                Map.of("deploy/1", task(7, "me")),
                true);
        assertThat(stored(store, second, third)).isEqualTo(third);
        assertThat(store.live("a").orElseThrow().due()).contains(NOW.plusSeconds(90));
    }

    @Test
    default void acknowledgements_beats_and_trims_survive_a_write_that_did_not_see_them() {
        AggregateStore store = store();
        StoredAggregate first = document("a", "{}");
        StoredAggregate second = stored(
                store,
                first,
                next(
                        first,
                        "{}",
                        Map.of("0000000002-000", MESSAGE, "0000000002-001", MESSAGE),
                        Map.of(),
                        Map.of("t", task(2, "me")),
                        false));

        store.acknowledge("a", Set.of("0000000002-000", "0000000001-000"));
        store.acknowledge("absent", Set.of("0000000002-000"));
        store.beat("a", "t", 2, 5);
        store.trim("a", Set.of(2L));
        assertThat(store.live("a").orElseThrow().version()).isEqualTo(second.version());
        StoredAggregate after = stored(store, second, next(second, "{\"n\":3}"));

        assertThat(after.outbox()).containsOnlyKeys("0000000002-001");
        assertThat(after.tasks()).containsExactly(Map.entry("t", new Task("deploy", "{}", 2, "me", 5)));
        assertThat(after.journal()).extracting(JournalEntry::version).containsExactly(3L);
        assertThat(store.live("absent")).isEmpty();
    }

    @Test
    default void a_beat_counts_only_under_the_fence_that_holds_the_task() {
        AggregateStore store = store();
        StoredAggregate first = document("a", "{}");
        StoredAggregate before = stored(store, first, withTask(first, "probe.1", task(5, "me")));

        assertThat(store.beat("a", "probe.1", 5, 3)).isTrue();
        assertThat(store.beat("a", "probe.1", 4, 9)).isFalse();
        assertThat(store.beat("a", "gone", 5, 9)).isFalse();

        StoredAggregate after = store.live("a").orElseThrow();
        assertThat(after.tasks()).containsExactly(Map.entry("probe.1", new Task("deploy", "{}", 5, "me", 3)));
        assertThat(after.version()).isEqualTo(before.version());
    }

    @Test
    default void due_timers_are_found_the_longest_overdue_first() {
        AggregateStore store = store();
        for (var due : Map.of("late", 10, "later", 5, "future", 60).entrySet()) {
            StoredAggregate first = document(due.getKey(), "{}");
            stored(store, first, withTimer(first, due.getValue()));
        }
        store.insert(document("none", "{}"));

        assertThat(store.due(NOW.plusSeconds(10), 0, 10))
                .extracting(StoredAggregate::id)
                .containsExactly("later", "late");
        assertThat(store.due(NOW.plusSeconds(60), 0, 1))
                .extracting(StoredAggregate::id)
                .containsExactly("later");
        assertThat(store.due(NOW.plusSeconds(60), 1, 10))
                .extracting(StoredAggregate::id)
                .containsExactly("late", "future");
        assertThat(store.due(NOW, 0, 10)).isEmpty();
    }

    @Test
    default void unsettled_documents_and_open_tasks_are_found() {
        AggregateStore store = store();
        store.insert(document("quiet", "{}"));
        StoredAggregate unsent = document("unsent", "{}");
        stored(store, unsent, withOutbox(unsent, "0000000002-000"));
        StoredAggregate busy = document("busy", "{}");
        stored(store, busy, withTask(busy, "t", task(0, null)));
        StoredAggregate ended = document("ended", "{}");
        stored(store, ended, ended(ended));

        assertThat(store.unsettled(0, 10)).extracting(StoredAggregate::id).containsExactlyInAnyOrder("unsent", "ended");
        assertThat(store.withTasks(0, 10)).extracting(StoredAggregate::id).containsExactly("busy");

        store.acknowledge("unsent", Set.of("0000000002-000"));
        assertThat(store.unsettled(0, 10)).extracting(StoredAggregate::id).containsExactly("ended");
    }

    @Test
    default void what_waits_is_found_page_by_page_the_longest_unchanged_first() {
        AggregateStore store = store();
        for (var written : Map.of("a", 0, "b", 1, "c", 2).entrySet()) {
            StoredAggregate last = document(written.getKey(), "{}");
            store.insert(last);
            for (int times = 0; times < written.getValue(); times++) {
                last = stored(store, last, next(last, "{}")); // each a second later
            }
            last = stored(store, last, withTask(last, "t", task(0, null)));
            stored(store, last, withOutbox(last, "0000000002-000"));
        }

        assertThat(store.withTasks(1, 10)).extracting(StoredAggregate::id).containsExactly("b", "c");
        assertThat(store.unsettled(0, 2)).extracting(StoredAggregate::id).containsExactly("a", "b");
        assertThat(store.unsettled(2, 2)).extracting(StoredAggregate::id).containsExactly("c");
        assertThat(store.unsettled(3, 2)).isEmpty();
    }

    @Test
    default void archiving_moves_a_document_only_at_the_version_that_was_copied() {
        AggregateStore store = store();
        StoredAggregate first = document("a", "{\"n\":1}");
        StoredAggregate second = stored(store, first, ended(first));

        assertThat(store.archive(first)).isFalse();
        assertThat(store.live("a")).contains(second);

        assertThat(store.archive(second)).isTrue();
        assertThat(store.live("a")).isEmpty();
        assertThat(store.finished("a")).contains(second);
        assertThat(store.archive(second)).isFalse();
    }

    @Test
    default void a_finished_document_is_amended_at_its_version_and_no_late_copy_takes_that_back() {
        AggregateStore store = store();
        StoredAggregate first = ended(document("a", "{\"n\":1}"));
        StoredAggregate second = next(first, "{\"n\":2}");
        assertThat(store.amend(first, second)).isFalse();
        store.archive(first);

        assertThat(store.amend(first, second)).isTrue();
        assertThat(store.amend(first, next(first, "{\"n\":3}"))).isFalse();
        store.archive(first);

        assertThat(store.finished("a")).contains(second);
        assertThat(store.live("a")).isEmpty();
    }

    @Test
    default void lists_are_ordered_and_paged() {
        AggregateStore store = store();
        for (String id : List.of("c", "a", "b")) {
            store.insert(document(id, "{}"));
        }
        assertThat(store.listLive(null, 2)).extracting(StoredAggregate::id).containsExactly("a", "b");
        assertThat(store.listLive("b", 2)).extracting(StoredAggregate::id).containsExactly("c");

        for (String id : List.of("a", "c", "b")) {
            store.archive(store.live(id).orElseThrow());
        }
        store.archive(ended(document("d", "{}")));
        assertThat(store.listFinished(null, 2)).extracting(StoredAggregate::id).containsExactly("d", "c");
        assertThat(store.listFinished("c", 5)).extracting(StoredAggregate::id).containsExactly("b", "a");
    }

    @Test
    default void documents_are_found_by_where_their_ids_lie() {
        AggregateStore store = store();
        for (String id : List.of("hello@1.0.0/a", "hello@1.0.0/b", "hello@1.0.0-rc.1/a", "hello@1.1.0/a")) {
            store.insert(document(id, "{}"));
        }
        store.archive(store.live("hello@1.0.0/b").orElseThrow());

        assertThat(store.liveBetween("hello@1.0.0/", "hello@1.0.00", 9))
                .extracting(StoredAggregate::id)
                .containsExactly("hello@1.0.0/a");
        assertThat(store.finishedBetween("hello@1.0.0/", "hello@1.0.00", 9))
                .extracting(StoredAggregate::id)
                .containsExactly("hello@1.0.0/b");
        assertThat(store.liveBetween("", "z", 2))
                .extracting(StoredAggregate::id)
                .containsExactly("hello@1.0.0-rc.1/a", "hello@1.0.0/a");
    }

    @Test
    default void chunks_are_immutable() {
        AggregateStore store = store();
        StoredAggregate first = document("x/y", "{}");
        List<JournalEntry> entries = next(first, "{\"a.b\":1}").journal();

        store.saveChunk("x/y", 64, entries);
        store.saveChunk("x/y", 64, List.of());

        assertThat(store.chunk("x/y", 64)).contains(entries);
        assertThat(store.chunk("x/y", 128)).isEmpty();
    }

    @Test
    default void what_is_forgotten_was_never_heard_of_and_a_live_document_is_not_forgotten() {
        AggregateStore store = store();
        StoredAggregate neighbour = ended(document("x/y", "{}"));
        StoredAggregate ended = atVersion(ended(document("x", "{}")), 130);
        for (StoredAggregate each : List.of(ended, neighbour)) {
            store.saveChunk(each.id(), 64, each.journal());
            store.saveChunk(each.id(), 128, each.journal());
            assertThat(store.forget(each.id())).isFalse();
            store.archive(each);
        }
        store.insert(document("live", "{}"));

        assertThat(store.forget("x")).isTrue();
        assertThat(store.forget("x")).isFalse();
        assertThat(store.forget("live")).isFalse();

        assertThat(store.finished("x")).isEmpty();
        assertThat(store.chunk("x", 64)).isEmpty();
        assertThat(store.chunk("x", 128)).isEmpty();
        assertThat(store.live("live")).isPresent();
        assertThat(store.finished("x/y")).contains(neighbour);
        assertThat(store.chunk("x/y", 64)).contains(neighbour.journal());
        assertThat(store.insert(document("x", "{}"))).isTrue();
    }

    private static StoredAggregate atVersion(StoredAggregate from, long version) {
        return new StoredAggregate(
                from.id(),
                version,
                from.state(),
                from.journal(),
                from.outbox(),
                from.timers(),
                from.tasks(),
                from.finished(),
                from.createdAt(),
                from.updatedAt());
    }

    /** Numbers, instants, nested nulls, text of any kind: what is read back must say what the hash was made of. */
    @Test
    default void a_chained_journal_still_agrees_after_its_way_through_the_store() {
        AggregateStore store = store();
        StoredAggregate last = document("a", "{}");
        store.insert(last);
        for (String state : CHAINED_STATES) {
            StoredAggregate next = next(last, state);
            JournalEntry entry =
                    Journal.sealed("test/kind/a", last.head(), next.journal().getLast());
            List<JournalEntry> journal = new ArrayList<>(last.journal());
            journal.add(entry);
            last = stored(
                    store,
                    last,
                    new StoredAggregate(
                            "a",
                            next.version(),
                            next.state(),
                            journal,
                            new TreeMap<>(),
                            Map.of(),
                            Map.of(),
                            false,
                            NOW,
                            NOW,
                            entry.seal()));
        }

        store.saveChunk("a", 64, last.journal());
        List<JournalEntry> chunk = store.chunk("a", 64).orElseThrow();
        assertThat(agrees(last.journal(), last.head())).isEqualTo(CHAINED_STATES.size());
        assertThat(agrees(chunk, last.head())).isEqualTo(CHAINED_STATES.size());
        store.archive(last);
        StoredAggregate finished = store.finished("a").orElseThrow();
        assertThat(agrees(finished.journal(), finished.head())).isEqualTo(CHAINED_STATES.size());
    }

    private static long agrees(List<JournalEntry> journal, @Nullable Seal head) {
        ChainCheck.Result result = ChainCheck.of("test/kind/a", Journal.links(journal), head, new ProofKeys(Map.of()));
        assertThat(result.faults()).isEmpty();
        return result.records();
    }

    @Test
    default void an_unchained_journal_is_read_and_the_chain_begins_after_it() {
        AggregateStore store = store();
        StoredAggregate first = document("a", "{}");
        StoredAggregate old = stored(store, first, next(first, "{\"n\":1}"));
        assertThat(old.head()).isNull();

        JournalEntry entry = Journal.sealed(
                "test/kind/a", old.head(), next(old, "{}").journal().getLast());
        List<JournalEntry> both = List.of(old.journal().getFirst(), entry);

        ChainCheck.Result result =
                ChainCheck.of("test/kind/a", Journal.links(both), entry.seal(), new ProofKeys(Map.of()));
        assertThat(result.faults()).isEmpty();
        assertThat(result.before()).isEqualTo(1);
        assertThat(result.records()).isEqualTo(1);
    }

    private static StoredAggregate stored(AggregateStore store, StoredAggregate before, StoredAggregate after) {
        if (store.live(before.id()).isEmpty()) {
            store.insert(before);
        }
        assertThat(store.update(before, after)).isTrue();
        return store.live(before.id()).orElseThrow();
    }

    private static StoredAggregate document(String id, String state) {
        return new StoredAggregate(id, 1, tree(state), List.of(), new TreeMap<>(), Map.of(), Map.of(), false, NOW, NOW);
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    /** The next version with this state, and a journal entry about it. */
    private static StoredAggregate next(StoredAggregate before, String state) {
        return next(before, state, before.outbox(), before.timers(), before.tasks(), false);
    }

    private static StoredAggregate next(
            StoredAggregate before,
            String state,
            Map<String, Outgoing> outbox,
            Map<String, Timer> timers,
            Map<String, Task> tasks,
            boolean finished) {
        long version = before.version() + 1;
        Instant at = NOW.plusSeconds(version);
        List<JournalEntry> journal = new ArrayList<>(before.journal());
        journal.add(new JournalEntry(
                version, "write-" + version, at, "user:ada@example.test", "Advance", null, tree(state), List.of("x")));
        return new StoredAggregate(
                before.id(), version, tree(state), journal, new TreeMap<>(outbox), timers, tasks, finished, NOW, at);
    }

    private static StoredAggregate withOutbox(StoredAggregate before, String... keys) {
        Map<String, Outgoing> outbox = new TreeMap<>();
        for (String key : keys) {
            outbox.put(key, MESSAGE);
        }
        return next(before, "{}", outbox, before.timers(), before.tasks(), false);
    }

    private static StoredAggregate withTimer(StoredAggregate before, int seconds) {
        return next(before, "{}", before.outbox(), Map.of("odd.timer", timer(seconds)), before.tasks(), false);
    }

    private static StoredAggregate withTask(StoredAggregate before, String id, Task task) {
        return next(before, "{}", before.outbox(), before.timers(), Map.of(id, task), false);
    }

    private static StoredAggregate ended(StoredAggregate before) {
        return next(before, "{\"n\":9}", before.outbox(), before.timers(), before.tasks(), true);
    }

    private static Timer timer(int seconds) {
        return new Timer(NOW.plusSeconds(seconds), 2);
    }

    private static Task task(long fence, @Nullable String holder) {
        return new Task("deploy", "{}", fence, holder, 0);
    }
}
