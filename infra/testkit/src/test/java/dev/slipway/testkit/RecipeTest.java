package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Journal;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.RefusedByBound;
import dev.slipway.messaging.Routes;
import dev.slipway.messaging.StoredAggregate;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.messaging.TryAgain;
import dev.slipway.messaging.WireRecord;
import dev.slipway.testkit.Kettle.Boil;
import dev.slipway.testkit.Kettle.Heating;
import dev.slipway.testkit.Kettle.Hot;
import dev.slipway.testkit.Kettle.Input;
import dev.slipway.testkit.Kettle.Input.Ask;
import dev.slipway.testkit.Kettle.Input.Boiled;
import dev.slipway.testkit.Kettle.Input.Cup;
import dev.slipway.testkit.Kettle.Input.Drop;
import dev.slipway.testkit.Kettle.Input.Fill;
import dev.slipway.testkit.Kettle.Input.Heated;
import dev.slipway.testkit.Kettle.Input.Pour;
import dev.slipway.testkit.Kettle.Input.Ticked;
import dev.slipway.testkit.Kettle.Input.TimedOut;
import dev.slipway.testkit.Kettle.Poured2;
import dev.slipway.testkit.Kettle.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class RecipeTest {
    private static final Cause ADA = new Cause("user:ada@example.test", "request-1", "00-aa-bb-01");

    private final ServiceInMemory service = new ServiceInMemory("tea");
    private final List<Long> fences = new ArrayList<>();

    @Test
    void a_change_is_stored_then_published_and_leaves_the_outbox() {
        Aggregates<Kettle, Input> kettles = kettles((run, _) -> new Boiled(run.fence()));

        Outcome<Kettle> outcome = kettles.submit("k1", new Fill(20), ADA);

        assertThat(outcome.changed()).isTrue();
        assertThat(outcome.version()).isEqualTo(1);
        assertThat(service.bus().records()).isEmpty();
        assertThat(stored("k1").outbox()).hasSize(1);

        service.settle();
        assertThat(statuses()).containsExactly(new Status("heating"), new Status("hot"));
        assertThat(stored("k1").outbox()).as("no write of its own for that").hasSize(1);
        service.advance(Duration.ofSeconds(4));
        assertThat(stored("k1").outbox()).as("at rest").isEmpty();
        assertThat(statuses()).as("and not sent again").hasSize(2);
        assertThat(kettles.find("k1").orElseThrow().state()).isEqualTo(new Hot("k1", Map.of()));
    }

    @Test
    void a_record_carries_the_attributes_of_its_event() {
        kettles((run, _) -> new Boiled(run.fence())).submit("k1", new Fill(20), ADA);
        service.settle();

        WireRecord first = service.bus().records("tea.events").getFirst();

        assertThat(first.key()).isEqualTo("k1");
        assertThat(first.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "dev.tea.status.v1")
                .containsEntry("ce_source", "tea/kettle/k1")
                .containsEntry("ce_id", "tea/kettle/k1#0000000001-000")
                .containsEntry("ce_time", "2026-01-05T10:00:00Z")
                .containsEntry("ce_correlationid", "k1")
                .containsEntry("ce_causationid", "request-1")
                .containsEntry("ce_traceparent", "00-aa-bb-01")
                .containsEntry("ce_sourceversion", "1")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void a_refusal_and_an_unchanged_state_write_nothing() {
        Aggregates<Kettle, Input> kettles = idle();
        kettles.submit("k1", new Fill(20), ADA);
        long version = stored("k1").version();

        Outcome<Kettle> refused = kettles.submit("k1", new Fill(30), ADA);
        Outcome<Kettle> unchanged = kettles.submit("k2", new Heated(3), ADA);

        assertThat(refused.refusal()).isNotNull();
        assertThat(refused.changed()).isFalse();
        assertThat(unchanged.changed()).isFalse();
        assertThat(stored("k1").version()).isEqualTo(version);
        assertThat(kettles.find("k2")).isEmpty();
    }

    @Test
    void an_answer_without_a_change_is_sent_with_the_present_version_and_no_write() {
        Aggregates<Kettle, Input> kettles = idle();
        kettles.submit("k1", new Fill(20), ADA);
        service.settle();
        long version = stored("k1").version();

        kettles.submit("k1", new Ask("ben"), ADA);
        service.settle();

        assertThat(statuses()).containsExactly(new Status("heating"), new Status("Heating"));
        assertThat(service.bus().records().getLast().headers()).containsEntry("ce_sourceversion", "" + version);
        assertThat(stored("k1").version()).isEqualTo(version);
    }

    @Test
    void a_newer_status_replaces_an_unsent_older_one() {
        Aggregates<Kettle, Input> kettles = idle();

        kettles.submit("k1", new Fill(20), ADA);
        kettles.submit("k1", new Heated(40), ADA);
        kettles.submit("k1", new Heated(50), ADA);
        service.settle();

        assertThat(statuses()).containsExactly(new Status("warm"));
    }

    @Test
    void what_is_sent_leaves_the_outbox_with_the_next_write_and_is_not_sent_again() {
        Aggregates<Kettle, Input> kettles = idle();
        kettles.submit("k1", new Fill(20), ADA);
        service.settle();

        kettles.submit("k1", new Heated(40), ADA);
        assertThat(stored("k1").outbox()).hasSize(1);
        service.settle();

        assertThat(statuses()).containsExactly(new Status("heating"), new Status("warm"));
    }

    @Test
    void a_crash_between_write_and_publish_is_healed_by_the_sweep() {
        idle().submit("k1", new Fill(20), ADA);
        service.clock().advance(Duration.ofMillis(1));
        ServiceInMemory reborn = new ServiceInMemory("tea", service.bus(), service.clock(), service.stores(), Map.of());
        kettles(reborn, (run, _) -> new Boiled(run.fence()));

        reborn.recipe().sweepOutboxes();
        reborn.settle();

        assertThat(statuses()).containsExactly(new Status("heating"));
        service.clock().advance(Duration.ofSeconds(4));
        reborn.recipe().sweepOutboxes();
        assertThat(stored("k1").outbox()).isEmpty();
    }

    @Test
    void while_the_broker_is_away_messages_wait_in_order() {
        Aggregates<Kettle, Input> kettles = kettles((run, _) -> new Boiled(run.fence()));
        service.bus().fail(record -> record.topic().equals("tea.events"), new TryAgain("broker away"));

        kettles.submit("k1", new Fill(20), ADA);
        service.settle();
        kettles.submit("k1", new Pour("k2"), ADA);
        service.settle();
        assertThat(service.bus().records()).isEmpty();
        assertThat(stored("k1").outbox()).isNotEmpty();

        service.bus().heal();
        service.advance(Duration.ofSeconds(10));

        assertThat(statuses()).containsExactly(new Status("poured"));
        assertThat(kettles.find("k1").orElseThrow().finished()).isTrue();
    }

    @Test
    void what_can_never_be_sent_is_a_dead_letter_and_holds_up_nothing() {
        Aggregates<Kettle, Input> kettles = idle();
        service.bus().fail(record -> record.topic().equals("tea.events"), new IllegalStateException("too large"));

        kettles.submit("k1", new Fill(20), ADA);
        service.settle();

        assertThat(service.bus().records("tea.events-dlt").getFirst().headers())
                .containsEntry("slipway_reason", "refused: too large")
                .containsEntry("ce_source", "tea/kettle/k1");
        service.clock().advance(Duration.ofSeconds(4));
        service.recipe().sweepOutboxes();
        assertThat(stored("k1").outbox()).isEmpty();

        service.bus().fail(_ -> true, new IllegalStateException("too large"));
        kettles.submit("k1", new Heated(40), ADA);
        service.settle();
        assertThat(service.stores().deadLetters()).hasSize(2);
        assertThat(service.meters()
                        .counter("slipway.dead.letters", "topic", "tea.events")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void a_local_message_reaches_another_aggregate_of_the_service() {
        Aggregates<Kettle, Input> kettles = idle();
        List<String> poured = new ArrayList<>();
        service.recipe()
                .local(Routes.builder()
                        .on(
                                "dev.tea.poured.v1",
                                Poured2.class,
                                (inbound, body) -> poured.add(inbound.key() + "<" + body.by()))
                        .build());

        kettles.submit("k1", new Pour("k2"), ADA);
        service.settle();

        assertThat(poured).containsExactly("k2<k1");
    }

    @Test
    void a_finished_aggregate_moves_and_only_answers_from_then_on() {
        Aggregates<Kettle, Input> kettles = idle();
        kettles.submit("k1", new Pour("k2"), ADA);
        service.settle();
        assertThat(service.stores().of("kettle").live("k1")).isEmpty();
        Aggregates.Snapshot<Kettle> ended = kettles.find("k1").orElseThrow();

        kettles.submit("k1", new Ask("ben"), ADA);
        kettles.submit("k1", new Fill(20), ADA);
        service.settle();

        assertThat(ended.finished()).isTrue();
        assertThat(kettles.find("k1")).contains(ended);
        assertThat(statuses()).containsExactly(new Status("poured"), new Status("Poured"));
        assertThat(kettles.finished(null, 10)).containsExactly(ended);
        assertThat(kettles.live(10)).isEmpty();
    }

    @Test
    void a_timer_fires_once_when_due_and_is_removed_though_nothing_changes() {
        Aggregates<Kettle, Input> kettles = idle();
        kettles.submit("k1", new Fill(20), ADA);

        service.advance(Duration.ofSeconds(59));
        assertThat(service.bus().records("tea.commands")).isEmpty();

        service.advance(Duration.ofSeconds(1));
        service.advance(Duration.ofMinutes(10));
        assertThat(service.bus().records("tea.commands")).hasSize(1);
        assertThat(stored("k1").timers()).isEmpty();
        assertThat(kettles.find("k1").orElseThrow().state()).isInstanceOf(Heating.class);
    }

    @Test
    void a_stopped_timer_does_not_fire() {
        kettles((run, _) -> new Boiled(run.fence())).submit("k1", new Fill(20), ADA);

        service.advance(Duration.ofMinutes(5));

        assertThat(service.bus().records("tea.commands")).isEmpty();
    }

    @Test
    void a_timer_that_was_stopped_while_it_was_firing_is_ignored() {
        Aggregates<Kettle, Input> kettles = idle();
        kettles.submit("k1", new Fill(20), ADA);
        service.clock().advance(Duration.ofSeconds(60));
        service.recipe().fireTimers(); // found due, not yet an input

        kettles.submit("k1", new Boiled(1), ADA);
        service.settle();

        assertThat(service.bus().records("tea.commands")).isEmpty();
        assertThat(kettles.journal("k1")).extracting(JournalEntry::input).containsExactly("Fill", "Boiled");
    }

    @Test
    void two_services_on_one_bus_hear_each_other() {
        ServiceInMemory cups = new ServiceInMemory("cups", service.bus(), service.clock());
        List<String> heard = new ArrayList<>();
        cups.recipe()
                .listen(
                        "cups",
                        Routes.builder()
                                .on(
                                        "dev.tea.status.v1",
                                        Status.class,
                                        (inbound, status) -> heard.add(inbound.source() + " " + inbound.sourceVersion()
                                                + " " + status.phase()))
                                .build(),
                        "tea.events");

        idle().submit("k1", new Pour("k2"), ADA);
        service.settle();
        cups.settle();

        assertThat(heard).containsExactly("tea/kettle/k1 1 poured");
    }

    @Test
    void a_message_that_a_handler_refuses_is_a_dead_letter() {
        service.recipe()
                .listen(
                        "tea",
                        Routes.builder()
                                .on("dev.tea.fill.v1", Fill.class, (_, _) -> {
                                    throw new RefusedByBound("full");
                                })
                                .build(),
                        "tea.commands");

        service.receive("tea.commands", "k1", "dev.tea.fill.v1", new Fill(1), "other/pot/p", 1);

        assertThat(service.stores().deadLetters()).hasSize(1);
        assertThat(service.stores().deadLetters().getFirst().reason()).contains("full");
    }

    @Test
    void a_task_that_breaks_is_performed_again_under_a_higher_fence() {
        kettles((run, body) -> {
                    fences.add(run.fence());
                    assertThat(run.idempotencyKey()).isEqualTo("k1/boil/1");
                    assertThat(body).isEqualTo(new Boil(20));
                    if (fences.size() < 3) {
                        throw new IllegalStateException("no power");
                    }
                    return new Boiled(run.fence());
                })
                .submit("k1", new Fill(20), ADA);

        service.settle();
        assertThat(fences).hasSize(1);
        service.advance(Duration.ofSeconds(1));
        service.advance(Duration.ofSeconds(5));

        assertThat(fences).hasSize(3).isSorted().doesNotHaveDuplicates();
        assertThat(stored("k1").tasks()).isEmpty();
        assertThat(statuses()).last().isEqualTo(new Status("hot"));
    }

    @Test
    void a_task_of_a_dead_holder_is_taken_over_after_its_lease_and_the_late_outcome_is_ignored() {
        ServiceInMemory other = new ServiceInMemory("tea", service.bus(), service.clock(), service.stores(), Map.of());
        List<Long> taken = new ArrayList<>();
        kettles(other, (run, _) -> {
            taken.add(run.fence());
            return new Boiled(run.fence());
        });
        Aggregates<Kettle, Input> kettles = kettles((run, _) -> {
            fences.add(run.fence());
            other.lookAround(); // sees the holder's beat
            standStill(other, 7);
            assertThat(taken).isEmpty();
            service.clock().advance(Duration.ofSeconds(1));
            other.lookAround(); // the lease is over
            return new Boiled(run.fence());
        });

        kettles.submit("k1", new Fill(20), ADA);
        service.settle();

        assertThat(taken).hasSize(1);
        assertThat(taken.getFirst()).isGreaterThan(fences.getFirst());
        assertThat(kettles.journal("k1")).extracting(JournalEntry::input).containsExactly("Fill", "Boiled");
    }

    /** Looks each second, as a running service does. */
    private void standStill(ServiceInMemory observer, int seconds) {
        for (int second = 0; second < seconds; second++) {
            service.clock().advance(Duration.ofSeconds(1));
            observer.lookAround();
        }
    }

    @Test
    void a_beating_holder_keeps_its_task() {
        ServiceInMemory other = new ServiceInMemory("tea", service.bus(), service.clock(), service.stores(), Map.of());
        kettles(other, (_, _) -> {
            throw new AssertionError("taken from a living holder");
        });
        Aggregates<Kettle, Input> kettles = kettles((run, _) -> {
            for (int seconds = 0; seconds < 30; seconds += 3) {
                service.clock().advance(Duration.ofSeconds(3));
                service.recipe().beat();
                service.settle();
                other.lookAround();
            }
            return new Boiled(run.fence());
        });

        kettles.submit("k1", new Fill(20), ADA);
        service.settle();

        assertThat(kettles.find("k1").orElseThrow().state()).isInstanceOf(Hot.class);
    }

    @Test
    void a_dropped_task_is_told_and_its_outcome_is_not_applied() {
        List<Boolean> dropped = new ArrayList<>();
        List<Aggregates<Kettle, Input>> self = new ArrayList<>();
        Aggregates<Kettle, Input> kettles = kettles((run, _) -> {
            dropped.add(run.dropped());
            self.getFirst().submit("k1", new Drop("no tea"), ADA);
            dropped.add(run.dropped());
            return new Boiled(run.fence());
        });
        self.add(kettles);

        kettles.submit("k1", new Fill(20), ADA);
        service.settle();

        assertThat(dropped).containsExactly(false, true);
        assertThat(kettles.find("k1").orElseThrow().state()).isInstanceOf(Heating.class);
        assertThat(stored("k1").tasks()).isEmpty();
    }

    @Test
    void the_journal_folds_to_the_state_for_every_prefix_across_chunks() {
        Aggregates<Kettle, Input> kettles = idle();
        kettles.submit("k1", new Fill(0), ADA);
        List<ObjectNode> states = new ArrayList<>(List.of(journaled("k1")));
        for (int n = 1; n <= 300; n++) {
            kettles.submit("k1", n % 3 == 0 ? new Ticked(n) : new Cup("cup." + n % 7, n), ADA);
            if (n % 3 != 0) {
                states.add(journaled("k1"));
            }
            service.settle();
        }

        List<JournalEntry> journal = kettles.journal("k1");
        assertThat(journal).hasSize(states.size());
        assertThat(stored("k1").journal()).hasSizeLessThan(128);
        for (int length = 1; length <= journal.size(); length++) {
            assertThat(Journal.fold(journal.subList(0, length))).isEqualTo(states.get(length - 1));
        }
        assertThat(journal).allSatisfy(entry -> assertThat(entry.actor()).isEqualTo("user:ada@example.test"));
    }

    @Test
    void what_only_ticks_is_saved_without_a_journal_entry() {
        Aggregates<Kettle, Input> kettles = idle();
        kettles.submit("k1", new Fill(20), ADA);

        kettles.submit("k1", new Ticked(99), ADA);

        assertThat(kettles.find("k1").orElseThrow().state()).isEqualTo(new Heating("k1", 99, Map.of()));
        assertThat(kettles.journal("k1")).hasSize(1);
    }

    @Test
    void a_document_above_its_bound_refuses_the_input() {
        ServiceInMemory small = new ServiceInMemory(
                "tea", service.bus(), service.clock(), service.stores(), Map.of("document-bytes-max", "2KB"));
        Aggregates<Kettle, Input> kettles = kettles(small, (run, _) -> new Boiled(run.fence()));
        kettles.submit("k1", new Fill(20), ADA);

        assertThatThrownBy(() -> kettles.submit("k1", new Cup("x".repeat(3_000), 1), ADA))
                .isInstanceOf(RefusedByBound.class)
                .hasMessageContaining("document-bytes-max");
        assertThat(kettles.submit("k1", new Cup("ada", 1), ADA).changed()).isTrue();
    }

    @Test
    void an_unknown_type_is_counted_and_passed_over() {
        idle();
        service.recipe().listen("tea", Routes.builder().build(), "tea.commands");

        service.receive("tea.commands", "k1", "dev.tea.unheard.v1", Map.of(), "other/pot/p", 1);

        assertThat(service.meters()
                        .counter("slipway.unknown.types", "topic", "tea.commands")
                        .count())
                .isEqualTo(1);
        assertThat(service.stores().deadLetters()).isEmpty();
    }

    private Aggregates<Kettle, Input> idle() {
        return kettles((_, _) -> {
            throw new IllegalStateException("never done");
        });
    }

    private Aggregates<Kettle, Input> kettles(TaskHandler<Boil, Input> handler) {
        return kettles(service, handler);
    }

    static Aggregates<Kettle, Input> kettles(ServiceInMemory service, TaskHandler<Boil, Input> handler) {
        return service.recipe()
                .aggregates("kettle", Kettle.class, Input.class, new Kettle.KettleCore())
                .onTimer(TimedOut::new)
                .task("boil", Boil.class, handler)
                .build();
    }

    private StoredAggregate stored(String id) {
        return service.stores().of("kettle").live(id).orElseThrow();
    }

    private ObjectNode journaled(String id) {
        ObjectNode state = stored(id).state().deepCopy();
        state.remove("degrees");
        return state;
    }

    private List<Status> statuses() {
        return service.sent("tea.events", "dev.tea.status.v1", Status.class);
    }
}
