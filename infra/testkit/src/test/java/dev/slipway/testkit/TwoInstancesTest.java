package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.testkit.Kettle.Heating;
import dev.slipway.testkit.Kettle.Input;
import dev.slipway.testkit.Kettle.Input.Boiled;
import dev.slipway.testkit.Kettle.Input.Cup;
import dev.slipway.testkit.Kettle.Input.Fill;
import dev.slipway.testkit.Kettle.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two instances of one service over one store, neither of which knows of the other. */
final class TwoInstancesTest {
    private static final Cause ADA = Cause.of("user:ada@example.test");

    private final ServiceInMemory one = new ServiceInMemory("tea");
    private final ServiceInMemory two =
            new ServiceInMemory("tea", one.bus(), one.clock(), one.stores(), Map.of("sweep-documents-max", "2"));
    private final List<Long> fences = new ArrayList<>();

    @Test
    void what_both_decide_at_once_is_all_kept_and_conflicts_are_counted() throws Exception {
        Aggregates<Kettle, Input> first = idle(one);
        Aggregates<Kettle, Input> second = idle(two);
        first.submit("k1", new Fill(20), ADA);
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> cups = IntStream.range(0, 200)
                    .<Callable<Boolean>>mapToObj(n -> () -> (n % 2 == 0 ? first : second)
                            .submit("k1", new Cup("cup" + n, 1), ADA)
                            .changed())
                    .toList();
            for (Future<Boolean> cup : requests.invokeAll(cups)) {
                assertThat(cup.get()).isTrue();
            }
        }

        Heating state = (Heating) first.find("k1").orElseThrow().state();
        assertThat(state.cups()).hasSize(200);
        assertThat(second.journal("k1")).extracting(JournalEntry::version).doesNotHaveDuplicates();
        assertThat(inputs(one) + inputs(two)).isEqualTo(201);
    }

    @Test
    void a_timer_that_both_find_due_fires_once() {
        idle(one).submit("k1", new Fill(20), ADA);
        idle(two);
        one.clock().advance(Duration.ofSeconds(61));

        one.recipe().fireTimers();
        two.recipe().fireTimers(); // both have found it before either has acted
        one.settle();
        two.settle();

        assertThat(one.bus().records("tea.commands")).hasSize(1);
    }

    @Test
    void a_task_that_both_find_is_performed_once() {
        boiling(one).submit("k1", new Fill(20), ADA);
        boiling(two);

        two.recipe().sweepTasks();
        two.settle();
        one.settle();

        assertThat(fences).hasSize(1);
    }

    @Test
    void whoever_looks_away_for_long_does_not_take_the_time_for_a_dead_holder() {
        RecipeTest.kettles(two, (run, _) -> {
            throw new AssertionError("taken from a holder of whom nothing was known");
        });
        Aggregates<Kettle, Input> kettles = RecipeTest.kettles(one, (run, _) -> {
            two.lookAround();
            one.clock().advance(Duration.ofMinutes(1)); // the store is away, for both
            two.lookAround();
            one.clock().advance(Duration.ofSeconds(3));
            two.lookAround();
            return new Boiled(run.fence());
        });

        kettles.submit("k1", new Fill(20), ADA);
        one.settle();

        assertThat(one.sent("tea.events", "dev.tea.status.v1", Status.class))
                .last()
                .isEqualTo(new Status("hot"));
    }

    @Test
    void all_that_a_crash_left_is_found_in_one_look_though_it_fills_many_pages() {
        Aggregates<Kettle, Input> dying = boiling(one);
        for (int n = 0; n < 25; n++) {
            dying.submit("k" + n, new Fill(20), ADA); // what it wrote, it never sends or performs
        }
        boiling(two);
        one.clock().advance(Duration.ofSeconds(7));

        two.recipe().sweepOutboxes();
        two.recipe().sweepTasks();
        two.settle();

        assertThat(fences).hasSize(25);
        assertThat(one.bus().records("tea.events")).hasSize(50);
    }

    @Test
    void what_lies_unsent_can_be_seen_with_its_age() {
        Aggregates<Kettle, Input> dying = idle(one);
        dying.submit("k1", new Fill(20), ADA);
        one.clock().advance(Duration.ofSeconds(30));
        dying.submit("k2", new Fill(20), ADA);

        idle(two).find("k1");
        two.recipe().sweepOutboxes();
        one.clock().advance(Duration.ofSeconds(3));

        assertThat(two.meters().get("slipway.outbox.pending").gauge().value()).isEqualTo(2);
        assertThat(two.meters().get("slipway.outbox.age").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(33);

        one.clock().advance(Duration.ofSeconds(4));
        two.lookAround(); // what was written just now was left to whoever wrote it
        one.clock().advance(Duration.ofSeconds(4));
        two.recipe().sweepOutboxes();
        assertThat(two.meters().get("slipway.outbox.pending").gauge().value()).isZero();
        assertThat(two.meters().get("slipway.outbox.age").timeGauge().value()).isZero();
    }

    /** Each look goes so many pages of each kind and on from there, so that kinds come to their ends at different times. */
    @Test
    void what_lies_unsent_is_seen_of_several_kinds_of_which_none_is_looked_through_at_once() {
        Map<String, String> brief = Map.of("sweep-documents-max", "2", "sweep-pages-max", "1");
        ServiceInMemory looking = new ServiceInMemory("tea", one.bus(), one.clock(), one.stores(), brief);
        Aggregates<Kettle, Input> kettles = idle(one);
        Aggregates<Kettle, Input> pots = pots(one);
        idle(looking);
        pots(looking);
        for (int n = 0; n < 3; n++) {
            kettles.submit("k" + n, new Fill(20), ADA); // two looks to their end
        }
        looking.recipe().sweepOutboxes();
        for (int n = 0; n < 3; n++) {
            pots.submit("p" + n, new Fill(20), ADA); // two looks as well, but never at the same time
        }

        for (int look = 0; look < 4; look++) {
            looking.recipe().sweepOutboxes();
        }
        assertThat(looking.meters().get("slipway.outbox.pending").gauge().value())
                .isEqualTo(6);

        one.clock().advance(Duration.ofSeconds(4));
        one.lookAround(); // sends them
        one.clock().advance(Duration.ofSeconds(4));
        one.lookAround(); // and lets go of them
        for (int look = 0; look < 2; look++) {
            looking.recipe().sweepOutboxes();
        }
        assertThat(looking.meters().get("slipway.outbox.pending").gauge().value())
                .as("what was there in an earlier look is not counted on")
                .isZero();
        assertThat(looking.meters().get("slipway.outbox.age").timeGauge().value())
                .isZero();
    }

    private static Aggregates<Kettle, Input> pots(ServiceInMemory instance) {
        return instance.recipe()
                .aggregates("pot", Kettle.class, Input.class, new Kettle.KettleCore())
                .onTimer(Input.TimedOut::new)
                .task("boil", Kettle.Boil.class, (_, _) -> {
                    throw new IllegalStateException("never done");
                })
                .build();
    }

    private static double inputs(ServiceInMemory instance) {
        return instance.meters()
                .counter("slipway.inputs", "kind", "kettle", "outcome", "changed")
                .count();
    }

    private static Aggregates<Kettle, Input> idle(ServiceInMemory instance) {
        return RecipeTest.kettles(instance, (_, _) -> {
            throw new IllegalStateException("never done");
        });
    }

    private Aggregates<Kettle, Input> boiling(ServiceInMemory instance) {
        return RecipeTest.kettles(instance, (run, _) -> {
            fences.add(run.fence());
            return new Boiled(run.fence());
        });
    }
}
