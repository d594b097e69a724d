package dev.slipway.deployment.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.deployment.watch.WatchOrder.Tell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final Path STORY = Path.of("src/main/java/dev/slipway/deployment/watch/Drift.java");
    private static final Pattern LINE = Pattern.compile(" \\* (AS STARTED|CHANGED) +([a-z]+) +(AS STARTED|CHANGED) +(Tell)?.*");
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final List<SettingChange> SECRET =
            List.of(new SettingChange("secret db", "fingerprint a1b2", "fingerprint c3d4"));
    private static final List<SettingChange> BOTH =
            List.of(new SettingChange("artifact app.jar", "digest 1", "changed"), SECRET.getFirst());
    private static final Watched WELL = Watched.well("hello@1.0.0/production/1", START, 0);

    private static Watch.Next changed(Watched state, List<SettingChange> changes) {
        return Drift.changed(state, changes, "put it back", START.plusSeconds(10));
    }

    @Test
    void every_pair_of_state_and_look_does_what_the_class_doc_lists_and_nothing_else() throws IOException {
        Map<String, Watched> states = new LinkedHashMap<>();
        states.put("AS STARTED", WELL);
        states.put("CHANGED", changed(WELL, SECRET).state());
        Map<String, Function<Watched, Watch.Next>> looks = new LinkedHashMap<>();
        looks.put("changes", state -> changed(state, SECRET));
        looks.put("others", state -> state.changed() == null ? new Watch.Next(state, List.of()) : changed(state, BOTH));
        looks.put("none", state -> Drift.over(state, "as it was", START));
        looks.put("left", state -> Drift.over(state, "1.1.0 serves instead of it", START));
        TreeSet<String> seen = new TreeSet<>();
        states.forEach((name, state) -> looks.forEach((look, done) -> {
            Watch.Next next = done.apply(state);
            if (!next.state().equals(state)) {
                String becomes = next.state().changed() == null ? "AS STARTED" : "CHANGED";
                seen.add("%s %s %s %s".formatted(name, look, becomes, next.orders().isEmpty() ? null : "Tell"));
            } else {
                assertThat(next.orders()).isEmpty();
            }
        }));

        TreeSet<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(STORY)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                listed.add("%s %s %s %s"
                        .formatted(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
            }
        }
        assertThat(seen).hasSize(4).containsExactlyElementsOf(listed);
    }

    @Test
    void it_is_told_once_with_what_is_otherwise_and_once_that_it_is_over() {
        Watch.Next begun = changed(WELL, SECRET);
        Tell tell = (Tell) begun.orders().getFirst();

        assertThat(tell.incident().kind()).isEqualTo(Kind.CHANGED);
        assertThat(tell.incident().why().text())
                .isEqualTo("Changed since it was started: secret db: fingerprint a1b2 -> fingerprint c3d4");
        assertThat(tell.incident().goesBack()).isFalse();
        assertThat(changed(begun.state(), SECRET).orders()).isEmpty();

        Watch.Next more = changed(begun.state(), BOTH);
        assertThat(more.orders()).isEmpty();
        assertThat(Objects.requireNonNull(more.state().changed()).changes()).isEqualTo(BOTH);
        Tell over = (Tell) Drift.over(more.state(), "put back", START.plus(Duration.ofHours(1)))
                .orders()
                .getFirst();
        assertThat(over.incident().number()).isEqualTo(tell.incident().number());
        assertThat(over.ending()).isEqualTo("put back");
    }

    @Test
    void a_version_that_dies_meanwhile_has_an_incident_of_another_number_and_the_next_one_yet_another() {
        Watch watch = new Watch(new WatchRhythm(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                3,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30)));
        WatchInput died = new WatchInput.Died(Trouble.of("Its process ended by itself"));
        Watched dead = watch.decide(WELL, died, false, START).state();
        Watched both = changed(dead, SECRET).state();
        Watched again = watch.decide(both, new WatchInput.Due(), false, START.plusSeconds(1)).state();
        again = watch.decide(again, new WatchInput.Started(), false, START.plusSeconds(2)).state();
        again = watch.decide(again, died, false, START.plusSeconds(3)).state();

        assertThat(Objects.requireNonNull(again.incident()).number()).isEqualTo(1);
        assertThat(Objects.requireNonNull(again.changed()).number()).isEqualTo(2);
        assertThat(again.incidents()).as("the next one is the third").isEqualTo(2);
    }
}
