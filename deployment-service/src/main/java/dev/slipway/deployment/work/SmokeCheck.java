package dev.slipway.deployment.work;

import dev.slipway.contracts.policy.Expectations;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.deployment.environment.Work;
import dev.slipway.deployment.target.VersionClient;
import dev.slipway.deployment.target.VersionClient.Speaks;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.TaskRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a version answers its smoke requests as the policy expects, before any user asks it: status, time, what the
 * answer contains and its values, as the gate in staging looks at them. The same file may answer otherwise here, where it
 * has another environment and other secrets. One that answers otherwise is asked again for a while: it may not be ready
 * for all that it does.
 */
final class SmokeCheck {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final VersionClient versions;
    private final Duration within;
    private final long bodyBytesMax;

    SmokeCheck(VersionClient versions, Duration within, long bodyBytesMax) {
        this.versions = versions;
        this.within = within;
        this.bodyBytesMax = bodyBytesMax;
    }

    /** What is answered otherwise, in words; empty if nothing is, or nobody wants to know any more. */
    Optional<String> wrong(TaskRun run, Work.WarmUp work) throws InterruptedException {
        long until = System.nanoTime() + within.toNanos();
        for (HttpProbe request : work.requests()) {
            Optional<String> wrong = wrong(run, work, request);
            while (wrong.isPresent() && System.nanoTime() < until && !run.dropped()) {
                Thread.sleep(PAUSE);
                wrong = wrong(run, work, request);
            }
            if (wrong.isPresent() && !run.dropped()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> wrong(TaskRun run, Work.WarmUp work, HttpProbe request) throws InterruptedException {
        try {
            VersionClient.Answer answer = versions.answer(
                    work.address(), Speaks.of(work.http2()), request.get(), run.traceparent(), bodyBytesMax);
            return Expectations.miss(request, answer.status(), answer.body(), answer.took(), MessagingJson.mapper())
                    .map(Expectations.Miss::why);
        } catch (IOException noAnswer) {
            return Optional.of(Expectations.name(request) + ": " + noAnswer.getMessage());
        }
    }
}
