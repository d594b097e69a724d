package dev.slipway.deployment.environment;

import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.policy.Target;
import java.time.Duration;

/**
 * How often and how long the core waits, and how much it remembers.
 *
 * @param repeatEvery how often a rollout's judgement is asked for, 100 ms to 1 min
 * @param remindEvery how often the status of what waits is said again, 1 s to 10 min
 * @param drain how long a version runs on after its last share, 0 s to 10 min
 * @param askWithin how long a deadline waits for the answer to the question that it repeats, 100 ms to 10 min
 * @param startSlack how much longer than the version's own time a start may take (fetching), 0 s to 1 h
 * @param restoreWithin one attempt to verify what was there before, 1 s to 1 h
 * @param restoreAgainAfter pause before the second attempt, 100 ms to 1 h; doubles with each
 * @param restoreAgainMax longest pause between attempts, 100 ms to 1 h
 * @param restoreAttemptsMax attempts after which a person is called for; they go on all the same, 1 to 100
 * @param proveWithin one proof of the way back, 1 s to 1 h
 * @param clockJump a deadline that fires so much too late begins again, once; 1 s to 1 d
 * @param answersKept final answers remembered, 1 to 1,000
 * @param snapshotsKept verified releases remembered, 1 to 50
 * @param probesPerSecond requests a second that each gateway sends itself where a policy says so, 1 to 200
 */
public record Rhythm(
        Duration repeatEvery,
        Duration remindEvery,
        Duration drain,
        Duration askWithin,
        Duration startSlack,
        Duration restoreWithin,
        Duration restoreAgainAfter,
        Duration restoreAgainMax,
        int restoreAttemptsMax,
        Duration proveWithin,
        Duration clockJump,
        int answersKept,
        int snapshotsKept,
        int probesPerSecond) {
    public Rhythm {
        Duration tenth = Duration.ofMillis(100);
        Duration second = Duration.ofSeconds(1);
        Duration tenMinutes = Duration.ofMinutes(10);
        Duration hour = Duration.ofHours(1);
        Ranges.require("repeatEvery", repeatEvery, tenth, Duration.ofMinutes(1));
        Ranges.require("remindEvery", remindEvery, second, tenMinutes);
        Ranges.require("drain", drain, Duration.ZERO, tenMinutes);
        Ranges.require("askWithin", askWithin, tenth, tenMinutes);
        Ranges.require("startSlack", startSlack, Duration.ZERO, hour);
        Ranges.require("restoreWithin", restoreWithin, second, hour);
        Ranges.require("restoreAgainAfter", restoreAgainAfter, tenth, hour);
        Ranges.require("restoreAgainMax", restoreAgainMax, tenth, hour);
        Ranges.require("restoreAttemptsMax", restoreAttemptsMax, 1, 100);
        Ranges.require("proveWithin", proveWithin, second, hour);
        Ranges.require("clockJump", clockJump, second, Duration.ofDays(1));
        Ranges.require("answersKept", answersKept, 1, 1_000);
        Ranges.require("snapshotsKept", snapshotsKept, 1, 50);
        Ranges.require("probesPerSecond", probesPerSecond, 1, 200);
    }

    /** One attempt to verify what was there before; longer where its policy gives a start longer. */
    Duration restoreWithin(Target target) {
        return atLeast(restoreWithin, target);
    }

    /** One proof of the way back to it; longer likewise. */
    Duration proveWithin(Target target) {
        return atLeast(proveWithin, target);
    }

    private Duration atLeast(Duration usual, Target target) {
        Duration said = target.startWithin();
        Duration needed = said == null ? Duration.ZERO : said.plus(startSlack);
        return needed.compareTo(usual) > 0 ? needed : usual;
    }

    /** The pause after this attempt to restore, from 1. */
    Duration restorePause(int attempt) {
        Duration pause = restoreAgainAfter;
        for (int i = 1; i < attempt && pause.compareTo(restoreAgainMax) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(restoreAgainMax) < 0 ? pause : restoreAgainMax;
    }
}
