package dev.slipway.proof;

import static dev.slipway.contracts.release.ReleasePhase.BAKING;
import static dev.slipway.contracts.release.ReleasePhase.ROLLING_BACK;
import static dev.slipway.contracts.release.ReleasePhase.ROLLING_OUT;
import static dev.slipway.contracts.release.ReleasePhase.STAGING;
import static dev.slipway.contracts.release.ReleasePhase.VALIDATING;

import java.util.List;
import java.util.stream.Stream;

/**
 * One run of the demo with processes killed on its way.
 *
 * @param replicas of each service
 * @param kills in the order of the demo
 */
record KillScenario(String name, int replicas, List<Kill> kills) {
    KillScenario {
        kills = List.copyOf(kills);
    }

    /** Each process once, one after the other, in one run. Broker and store are one process here. */
    static final KillScenario EACH_ONCE = new KillScenario(
            "each once",
            1,
            List.of(
                    Kill.good("release-service", VALIDATING),
                    Kill.good("platform", STAGING),
                    Kill.good("validation-service", 10),
                    Kill.good("deployment-service", 25),
                    Kill.good("gateway", 50),
                    Kill.bad("notification-service", ROLLING_BACK)));

    /** Every process at every moment, and one of each where there are two. */
    static Stream<KillScenario> all() {
        return Stream.concat(
                Stream.of(
                                "platform",
                                "gateway",
                                "release-service",
                                "validation-service",
                                "deployment-service",
                                "notification-service")
                        .map(KillScenario::everywhere),
                Stream.of(
                        EACH_ONCE,
                        new KillScenario(
                                "one of two",
                                2,
                                List.of(
                                        Kill.good("validation-service", VALIDATING),
                                        Kill.good("release-service", STAGING),
                                        Kill.good("deployment-service", 10),
                                        Kill.good("gateway", 25),
                                        Kill.good("validation-service-2", 50),
                                        Kill.good("deployment-service-2", BAKING),
                                        Kill.bad("gateway-2", ROLLING_OUT),
                                        Kill.bad("notification-service", ROLLING_BACK)))));
    }

    private static KillScenario everywhere(String process) {
        return new KillScenario(
                process,
                1,
                List.of(
                        Kill.good(process, VALIDATING),
                        Kill.good(process, STAGING),
                        Kill.good(process, 10),
                        Kill.good(process, 50),
                        Kill.good(process, BAKING),
                        Kill.bad(process, VALIDATING),
                        Kill.bad(process, ROLLING_OUT),
                        Kill.bad(process, ROLLING_BACK)));
    }

    @Override
    public String toString() {
        return name;
    }
}
