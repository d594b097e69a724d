package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.deployment.target.SampleBuild;
import dev.slipway.platform.Pace;
import dev.slipway.platform.TopicSpec;
import dev.slipway.testkit.PlatformExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances with one database and one targets directory, of which one is killed in each phase of a good and a worse
 * canary: the other one takes over, and nothing is done twice.
 */
@Tag("thorough")
class TwoInstancesIT {
    private static final int PARTITIONS = 2;
    private static final Set<Phase> FINAL = Set.of(Phase.VERIFIED, Phase.RESTORED, Phase.DISPLACED, Phase.NOT_ADMITTED);

    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.with(Topics.all(PARTITIONS).stream()
            .map(topic -> new TopicSpec(topic.name(), topic.partitions(), topic.compacted()))
            .toList());

    @TempDir
    static Path home = Path.of("");

    private static final LocalIssuer ISSUER = new LocalIssuer();
    private static final String DATABASE = PlatformExtension.freshDatabase();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static OtherServices others;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Scene scene;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ServiceProcess older;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ServiceProcess newer;

    @BeforeAll
    static void startBoth() {
        others = new OtherServices(PlatformExtension.kafka(), Set.of("pair@1.2.0"));
        scene = new Scene(home, others);
        older = start();
        newer = start();
    }

    @AfterAll
    static void leaveNothingRunning() {
        older.close();
        newer.close();
        scene.close();
    }

    private static ServiceProcess start() {
        return ServiceProcess.start(home, DATABASE, SampleBuild.allowJava(home), ISSUER.publicKey(home));
    }

    /** As kill -9 and a supervisor do; the other instance goes on meanwhile. */
    private static void killOne() {
        older.kill();
        older = newer;
        newer = start();
    }

    @Test
    void one_of_two_is_killed_in_each_phase_and_every_effect_happens_once() {
        scene.roll("pair", "1.0.0", 1, "good");
        await().atMost(Pace.patience(Duration.ofSeconds(30))).until(() -> scene.pid("pair@1.0.0") > 0);
        killOne(); // while it starts or is warmed up
        scene.reaches("pair", "1.0.0", Phase.FULL);
        scene.confirm("pair", "1.0.0");
        scene.reaches("pair", "1.0.0", Phase.VERIFIED);

        scene.roll("pair", "1.1.0", 2, "slow");
        await().atMost(Pace.patience(Duration.ofSeconds(30))).until(() -> scene.pid("pair@1.1.0") > 0);
        killOne(); // while it starts, which takes four seconds
        scene.goesThrough("pair", "1.1.0", Phase.WARMING_UP);
        killOne(); // while it is warmed up or takes its steps
        scene.reaches("pair", "1.1.0", Phase.FULL);
        scene.confirm("pair", "1.1.0");
        killOne(); // while ConfirmVerified is on its way, or the old version drains
        scene.reaches("pair", "1.1.0", Phase.VERIFIED);

        scene.roll("pair", "1.2.0", 3, "good");
        scene.goesThrough("pair", "1.2.0", Phase.RESTORING);
        killOne(); // while it goes back
        scene.reaches("pair", "1.2.0", Phase.RESTORED);

        await("one process is left")
                .atMost(Pace.patience(Duration.ofSeconds(60)))
                .until(() ->
                        scene.running("pair").size() == 1 && scene.processes().size() == 1);
        everyEffectHappenedOnce();
        everyRolloutHasOneAnswer();
        theVerifiedVersionServes();
    }

    private static void everyEffectHappenedOnce() {
        assertThat(scene.effects("pair@")).hasSize(3).allSatisfy((key, effects) -> {
            Set<String> births = effects.stream()
                    .map(effect -> effect.get("pid").asLong() + " "
                            + effect.get("birth").asString(""))
                    .collect(Collectors.toSet());
            assertThat(births).as("processes ever started as %s", key).hasSize(1);
            assertThat(effects)
                    .as("fences of %s", key)
                    .extracting(effect -> effect.get("fence").asLong())
                    .isSorted();
        });
    }

    private static void everyRolloutHasOneAnswer() {
        assertThat(others.statuses.stream()
                        .filter(status -> FINAL.contains(status.phase())
                                && status.environment().equals(Scene.environment("pair")))
                        .map(status -> status.question() + " " + status.phase())
                        .distinct())
                .containsExactly(
                        "pair@1.0.0/production/1 VERIFIED",
                        "pair@1.1.0/production/1 VERIFIED",
                        "pair@1.2.0/production/1 RESTORED");
        RolloutStatus end = others.last(Scene.question("pair", "1.2.0"));
        assertThat(end.runningVersion()).isEqualTo("1.1.0");
    }

    private static void theVerifiedVersionServes() {
        TrafficTable table = scene.tables("pair").getLast();
        assertThat(table.verified()).isEqualTo("pair@1.1.0/production/1");
        assertThat(table.shares()).hasSize(1);
    }
}
