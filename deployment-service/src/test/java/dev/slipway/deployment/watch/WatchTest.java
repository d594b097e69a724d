package dev.slipway.deployment.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.deployment.watch.WatchOrder.GoBack;
import dev.slipway.deployment.watch.WatchOrder.Restart;
import dev.slipway.deployment.watch.WatchOrder.Tell;
import dev.slipway.deployment.watch.WatchOrder.WakeAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Path STORY = Path.of("src/main/java/dev/slipway/deployment/watch/Watch.java");
    private static final Pattern LINE = Pattern.compile(
            " \\* (UP again|[A-Z]+) +([A-Z][A-Za-z]+) +(UP again|[A-Z]+) +((?:[A-Z][A-Za-z]+ ?)+?)(?: {2,}.*)?");
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final Trouble WHY = Trouble.of("Its process ended by itself: exit status 3 after 2 s");
    private static final WatchRhythm RHYTHM = new WatchRhythm(
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            3,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30));
    private static final List<WatchInput> INPUTS = List.of(
            new WatchInput.Died(WHY),
            new WatchInput.Hung(WHY),
            new WatchInput.Unready(WHY),
            new WatchInput.Ready(),
            new WatchInput.Started(),
            new WatchInput.StartFailed(WHY),
            new WatchInput.Due(),
            new WatchInput.Left("1.1.0 serves instead of it"));

    private final Watch watch = new Watch(RHYTHM);
    private Watched state = Watched.well("hello@1.0.0/production/1", START, 0);
    private Instant now = START;
    private boolean mayGoBack;
    private List<WatchOrder> orders = List.of();
    private final List<Tell> told = new ArrayList<>();

    private WatchTest when(WatchInput input) {
        Watch.Next next = watch.decide(state, input, mayGoBack, now);
        state = next.state();
        orders = next.orders();
        orders.stream().filter(Tell.class::isInstance).map(Tell.class::cast).forEach(told::add);
        return this;
    }

    private WatchTest later(Duration time) {
        now = now.plus(time);
        return this;
    }

    private WatchTest due() {
        now = orders.stream()
                .filter(WakeAt.class::isInstance)
                .map(order -> Objects.requireNonNull(((WakeAt) order).at()))
                .findFirst()
                .orElseThrow();
        return when(new WatchInput.Due());
    }

    /** It has ended and is started again, after its pause. */
    private WatchTest restarted() {
        return when(new WatchInput.Died(WHY)).due().when(new WatchInput.Started());
    }

    @Test
    void every_pair_of_state_and_input_does_what_the_class_doc_lists_and_nothing_else() throws IOException {
        TreeSet<String> seen = new TreeSet<>();
        List<Supplier<WatchTest>> states = List.of(
                WatchTest::new,
                () -> new WatchTest().restarted(),
                () -> new WatchTest().when(new WatchInput.Unready(WHY)),
                () -> new WatchTest().when(new WatchInput.Died(WHY)),
                () -> new WatchTest().when(new WatchInput.Died(WHY)).due());
        for (Supplier<WatchTest> each : states) {
            for (WatchInput input : INPUTS) {
                WatchTest walk = each.get();
                String before = walk.name();
                Watched had = walk.state;
                walk.later(Duration.ofMinutes(2)).when(input);
                if (!walk.orders.isEmpty() || !walk.state.equals(had)) {
                    seen.add("%s %s %s %s"
                            .formatted(
                                    before,
                                    input.getClass().getSimpleName(),
                                    walk.name(),
                                    walk.orders.stream()
                                            .map(order -> order.getClass().getSimpleName())
                                            .collect(Collectors.joining(" "))));
                }
            }
        }

        TreeSet<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(STORY)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                listed.add("%s %s %s %s"
                        .formatted(
                                matcher.group(1),
                                matcher.group(2),
                                matcher.group(3),
                                matcher.group(4).strip()));
            }
        }
        assertThat(seen).containsExactlyElementsOf(listed);
    }

    private String name() {
        return state.health() == Health.UP && state.incident() != null
                ? "UP again"
                : state.health().name();
    }

    @Test
    void a_version_that_died_is_started_again_after_a_second_then_two_and_at_most_after_a_minute() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Instant died = now;
            when(new WatchInput.Died(WHY)).due();
            assertThat(orders).contains(new Restart(false));
            pauses.add(Duration.between(died, now).toSeconds());
            when(new WatchInput.Started());
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(state.restarts()).isEqualTo(9);
    }

    @Test
    void a_start_that_fails_counts_as_an_end_and_is_tried_again_later() {
        when(new WatchInput.Died(WHY)).due().when(new WatchInput.StartFailed(WHY));

        assertThat(state.health()).isEqualTo(Health.RESTARTING);
        assertThat(state.nextStartAt()).isEqualTo(now.plusSeconds(2));
        due().when(new WatchInput.Started());
        assertThat(state.restarts()).isEqualTo(2);
        assertThat(state.health()).isEqualTo(Health.UP);
    }

    @Test
    void a_crash_loop_is_told_once_when_it_begins_and_once_when_it_is_over() {
        for (int i = 0; i < 20; i++) {
            restarted();
        }
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().over()).isNull();
        assertThat(Objects.requireNonNull(state.incident()).kind()).isEqualTo(Kind.CRASH_LOOP);

        due();
        assertThat(told).hasSize(2);
        Tell over = told.getLast();
        assertThat(over.over()).isEqualTo(now);
        assertThat(over.ending()).isEqualTo("it has been well for 10 min");
        assertThat(over.restarts()).isEqualTo(20);
        assertThat(over.incident().number())
                .isEqualTo(told.getFirst().incident().number());
        assertThat(state.incident()).isNull();
    }

    @Test
    void one_that_dies_every_few_minutes_ends_up_in_one_incident_that_lasts() {
        for (int i = 0; i < 200; i++) {
            Instant next = now.plus(Duration.ofMinutes(3));
            restarted();
            while (!now.isAfter(next) && state.incident() != null) {
                Instant well = state.since().plus(RHYTHM.well(state.falls()));
                now = well.isBefore(next) ? well : next.plusSeconds(1);
                when(new WatchInput.Due());
            }
            now = next;
        }

        assertThat(told.size()).as("news in ten hours").isLessThanOrEqualTo(7);
        assertThat(state.incident()).isNotNull();
    }

    @Test
    void one_death_long_after_the_last_is_a_new_story() {
        restarted().due();
        later(Duration.ofHours(2)).when(new WatchInput.Died(WHY));

        assertThat(state.deaths()).isEqualTo(1);
        assertThat(state.nextStartAt()).isEqualTo(now.plusSeconds(1));
        assertThat(told).hasSize(3);
        assertThat(told.getLast().incident().number()).isEqualTo(2);
    }

    @Test
    void what_is_unready_is_told_at_once_and_is_over_once_it_has_been_ready_for_a_while() {
        when(new WatchInput.Unready(WHY));
        assertThat(told).extracting(tell -> tell.incident().kind()).containsExactly(Kind.UNREADY);

        later(Duration.ofMinutes(5)).when(new WatchInput.Ready());
        assertThat(told).hasSize(1);
        due();
        assertThat(told).hasSize(2);
        assertThat(Duration.between(told.getFirst().incident().begun(), now)).isEqualTo(Duration.ofSeconds(330));
    }

    @Test
    void what_hangs_is_stopped_before_it_is_started_again() {
        when(new WatchInput.Hung(WHY)).due();

        assertThat(orders).contains(new Restart(true));
    }

    @Test
    void a_single_death_brings_nothing_back_and_a_loop_does_once() {
        mayGoBack = true;
        restarted();
        restarted();
        assertThat(orders).doesNotContain(new GoBack());

        when(new WatchInput.Died(WHY));
        assertThat(orders).contains(new GoBack());
        due().when(new WatchInput.Started()).when(new WatchInput.Died(WHY));
        assertThat(orders).doesNotContain(new GoBack());
    }

    @Test
    void a_version_that_is_unready_makes_room_at_once_where_the_policy_says_so() {
        mayGoBack = true;
        when(new WatchInput.Unready(WHY));

        assertThat(orders).contains(new GoBack());
        assertThat(told.getFirst().incident().goesBack()).isTrue();
    }

    @Test
    void one_that_serves_no_more_has_no_incident_any_more() {
        when(new WatchInput.Unready(WHY)).when(new WatchInput.Left("1.1.0 serves instead of it"));

        assertThat(told.getLast().ending()).isEqualTo("1.1.0 serves instead of it");
        assertThat(orders).contains(new WakeAt(null));
    }

    /** Whatever happens in whatever order: each incident is told twice at most, and what waits has a time that comes. */
    @Test
    void whatever_happens_news_come_in_pairs_and_nothing_waits_for_ever() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            WatchTest walk = new WatchTest();
            walk.mayGoBack = random.nextBoolean();
            for (int i = 0; i < 300; i++) {
                walk.later(Duration.ofSeconds(random.nextInt(120))).when(INPUTS.get(random.nextInt(INPUTS.size())));
                boolean waits = walk.state.nextStartAt() != null;
                boolean starts = walk.state.health() == Health.RESTARTING && !waits;
                assertThat(walk.state.health() == Health.RESTARTING)
                        .as("seed %d", seed)
                        .isEqualTo(waits || starts);
                assertThat(walk.state.health() == Health.UP || walk.state.incident() != null)
                        .as("seed %d: what is bad is an incident", seed)
                        .isTrue();
            }
            for (int i = 0; i < walk.told.size(); i++) {
                assertThat(walk.told.get(i).over() == null)
                        .as("seed %d, news %d", seed, i)
                        .isEqualTo(i % 2 == 0);
                assertThat(walk.told.get(i).incident().number())
                        .as("seed %d", seed)
                        .isEqualTo(i / 2 + 1);
            }
        }
    }
}
