package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import dev.slipway.proof.SlipwayScript.Run;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All that may happen to Slipway itself, at each step of a canary and in its bake, while a crowd asks without pause. It takes
 * half an hour or more and writes its table to {@code target/comings.md}; {@link FirstReleaseIT} has three of these in every build.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
        named = "slipway.comings",
        matches = ".+",
        disabledReason = "run it with -Dslipway.comings=all, or the names of what happens, comma separated")
@Tag("thorough")
class ComingsIT {
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(3));
    private static final int VISITORS = 8;
    /** The last is the bake's, in which a share is held back for comparison. */
    private static final List<Integer> SHARES = List.of(5, 25, 50, 95);

    /** From the end of the last gateway to somebody who listens in its place. */
    private static final Duration A_MOMENT = Pace.patience(Duration.ofMillis(500));

    private static final String HEAD = "| what happens | at | processes of each new version | answers: 200 | 503 |"
            + " others | cut off | nobody listened | for at most | longest without an answer |\n"
            + "|---|---|---|---|---|---|---|---|---|---|";

    private final Path folder = Path.of("target", "comings-it").toAbsolutePath();
    private final Path home = folder.resolve("home");
    private final SlipwayScript slipway = new SlipwayScript(home);
    private final List<String> table = new ArrayList<>(List.of(HEAD));
    private final List<ShopReleases> shop = new ArrayList<>();
    private int released;

    static Stream<Comings> scenarios() {
        String wanted = System.getProperty("slipway.comings", "");
        List<String> names = List.of(wanted.toUpperCase(java.util.Locale.ROOT).split(","));
        return Arrays.stream(Comings.values()).filter(each -> wanted.equals("all") || names.contains(each.name()));
    }

    @BeforeAll
    void a_first_release_is_in_production() throws Exception {
        Run wiped = slipway.run(COMMAND_MAX, "down", "--wipe", "--yes");
        assertThat(wiped.exitCode()).as(wiped.text()).isZero();
        for (String[] command : new String[][] {
            {"allow", "--folder", folder.toString()},
            {"allow", "python3"},
            {"up", "--port", Integer.toString(Ports.free()), "--front-port", Integer.toString(Ports.free())
            } // where they listen again after an end
        }) {
            Run run = slipway.run(COMMAND_MAX, command);
            assertThat(run.exitCode()).as(run.text()).isZero();
        }
        Path sources = Files.createTempDirectory(folder, "shop").resolve("shop");
        shop.add(new ShopReleases(sources, HomeEnvironment.of(home)));
        OneRelease first = new OneRelease(home, shop.getFirst().propose("1.0.0", 5));
        first.awaitShare(100);
        try (Crowd _ = crowd()) {
            assertThat(first.awaitEnd()).as(first.seen().toPrettyString()).isEqualTo("COMPLETED");
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void nothing_is_judged_for_it_and_nobody_loses_a_request_but_in_flight(Comings what) throws Exception {
        List<Integer> moments = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (Crowd crowd = crowd()) {
            for (int share : SHARES) { // a release for each, as the rollout goes on while it takes its time
                String id = shop.getFirst().propose("1.%d.0".formatted(++released), share);
                OneRelease release = new OneRelease(home, id);
                release.awaitShare(share);
                moments.add(
                        release.seen().path("rollout").path("trafficPercent").asInt(0));
                what.happen(home, slipway);
                assertThat(release.awaitEnd())
                        .as(release.seen().toPrettyString())
                        .isEqualTo("COMPLETED");
                ids.add(id);
            }
            Crowd.Seen seen = crowd.seen();
            Map<String, Integer> starts = new TreeMap<>(Effects.starts(home, ids));
            table.add(row(what, moments, starts, seen));
            Files.write(folder.resolveSibling("comings.md"), table);

            assertThat(moments).as("where it happened").isEqualTo(SHARES);
            assertThat(seen.answers().keySet()).isSubsetOf(200, 503).contains(200);
            assertThat(seen.withoutRetryAfter()).isZero();
            int ends = what.endsTheGateway() ? SHARES.size() : 0;
            assertThat(seen.unanswered())
                    .as("in flight on a gateway that ended")
                    .isLessThanOrEqualTo(ends * VISITORS);
            assertThat(seen.refused()).as("asked while no gateway was there").matches(count -> ends > 0 || count == 0);
            assertThat(seen.unheard())
                    .as("the supervisor keeps the door while it lives")
                    .matches(time -> what.endsTheDoor() || time.compareTo(A_MOMENT) <= 0);
            ids.forEach(id -> assertThat(starts.get(id + "/production/1"))
                    .as("once, and once more each time that applications ended with Slipway: %s", id)
                    .isEqualTo(1 + (what.endsApplications() ? endsOf(id, ids) : 0)));
        }
    }

    /** Its own, and that of the release after it, of which it is the version before. */
    private static int endsOf(String id, List<String> ids) {
        return id.equals(ids.getLast()) ? 1 : 2;
    }

    private static String row(Comings what, List<Integer> moments, Map<String, Integer> starts, Crowd.Seen seen) {
        int others = seen.answers().entrySet().stream()
                .filter(each -> each.getKey() != 200 && each.getKey() != 503)
                .mapToInt(Map.Entry::getValue)
                .sum();
        return "| %s | %s | %s | %d | %d | %d | %d | %d | %.2f s | %.1f s |"
                .formatted(
                        what.what(),
                        moments.stream().map(share -> share + " %").collect(Collectors.joining(", ")),
                        starts.values().stream()
                                .distinct()
                                .sorted()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" or ")),
                        seen.with(200),
                        seen.with(503),
                        others,
                        seen.unanswered(),
                        seen.refused(),
                        seen.unheard().toMillis() / 1000.0,
                        seen.silence().toMillis() / 1000.0);
    }

    private Crowd crowd() {
        URI front = URI.create(String.valueOf(HomeEnvironment.of(home).get("SLIPWAY_FRONT_URL")));
        return new Crowd(VISITORS, front, "/apps/shop/production/");
    }

    @AfterAll
    void the_table_is_printed_and_nothing_is_left_running() throws Exception {
        Run down = slipway.run(COMMAND_MAX, "down", "--yes");
        table.forEach(System.out::println);
        assertThat(down.exitCode()).as(down.text()).isZero();
    }
}
