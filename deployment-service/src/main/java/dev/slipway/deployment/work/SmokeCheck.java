package dev.slipway.deployment.work;

import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.GrpcHealth;
import dev.slipway.deployment.environment.Work;
import dev.slipway.deployment.target.VersionClient;
import dev.slipway.deployment.target.VersionClient.Speaks;
import dev.slipway.messaging.TaskRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a version answers its smoke requests with the statuses that the policy expects, before any user asks it. Bodies
 * were looked at in staging, for this very digest. One that answers otherwise is asked again for a while: it may not be
 * ready for all that it does.
 */
final class SmokeCheck {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final VersionClient versions;
    private final Duration within;

    SmokeCheck(VersionClient versions, Duration within) {
        this.versions = versions;
        this.within = within;
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
        String asked = GrpcHealth.words(request.get()) + ": ";
        try {
            int status = versions.status(work.address(), Speaks.of(work.http2()), request.get(), run.traceparent());
            return status == request.status()
                    ? Optional.empty()
                    : Optional.of(asked + status + ", expected " + request.status());
        } catch (IOException noAnswer) {
            return Optional.of(asked + noAnswer.getMessage());
        }
    }
}
