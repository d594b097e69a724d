package dev.slipway.deployment.work;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.EnvironmentInput.RestoreFailed;
import dev.slipway.deployment.environment.EnvironmentInput.Restored;
import dev.slipway.deployment.environment.EnvironmentInput.StartFailed;
import dev.slipway.deployment.environment.EnvironmentInput.Started;
import dev.slipway.deployment.environment.EnvironmentInput.Stopped;
import dev.slipway.deployment.environment.EnvironmentInput.WayBackTried;
import dev.slipway.deployment.environment.Work;
import dev.slipway.deployment.target.Collecting;
import dev.slipway.deployment.target.Collecting.Collected;
import dev.slipway.deployment.target.Facts;
import dev.slipway.deployment.target.TargetPort;
import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.deployment.target.TargetPort.Startup;
import dev.slipway.messaging.TaskRun;
import java.io.IOException;

/** Brings versions up, and down again, on a target. Each may be performed again and finds what is there. */
public final class RunningVersions {
    private final Collecting artifacts;
    private final TargetPort target;

    public RunningVersions(Collecting artifacts, TargetPort target) {
        this.artifacts = artifacts;
        this.target = target;
    }

    public EnvironmentInput start(TaskRun run, Work.Start work) throws IOException, InterruptedException {
        return switch (bringUp(run, work, work.key())) {
            case Startup.Up(var instance) -> new Started(work.key(), instance);
            case Startup.Down down -> new StartFailed(work.key(), "start-failed", down.why(), down.trouble());
        };
    }

    /** Ends what runs and hangs, and starts it anew. */
    public EnvironmentInput restart(TaskRun run, Work.Start work) throws IOException, InterruptedException {
        target.stop(work.key(), run.fence());
        return start(run, work);
    }

    /** Sees that what was there before answers; starts it again if it is gone. */
    public EnvironmentInput restore(TaskRun run, Work.Restore work) throws IOException, InterruptedException {
        return switch (bringUp(run, work.verified(), work.verified().key())) {
            case Startup.Up(var instance) -> new Restored(work.rollout(), instance);
            case Startup.Down down -> new RestoreFailed(work.rollout(), down.why());
        };
    }

    public EnvironmentInput stop(TaskRun run, Work.Stop work) throws InterruptedException {
        target.stop(work.key(), run.fence());
        return new Stopped(work.key());
    }

    /** Starts a second instance of what a rollback would restore, sees it healthy, and stops it. */
    public EnvironmentInput proveWayBack(TaskRun run, Work.ProveWayBack work) throws IOException, InterruptedException {
        String key = work.instanceKey();
        try {
            return switch (bringUp(run, work.verified(), key)) {
                case Startup.Up _ ->
                    new WayBackTried(
                            work.question(),
                            true,
                            "a second instance of %s was started from its kept artifact %s, was healthy and was stopped"
                                    .formatted(
                                            work.version(),
                                            work.verified().artifact().digest().brief()));
                case Startup.Down down -> new WayBackTried(work.question(), false, down.why());
            };
        } finally {
            target.stop(key, run.fence());
        }
    }

    private Startup bringUp(TaskRun run, Work.Start work, String key) throws IOException, InterruptedException {
        return switch (artifacts.collect(work.artifacts())) {
            case Collected.Refused(String why) -> new Startup.Down(why);
            case Collected.Here(var parts) ->
                target.start(
                        new Launch(
                                key,
                                parts,
                                work.target(),
                                work.startWithin(),
                                run.traceparent(),
                                Facts.of(EnvironmentId.parse(run.aggregateId()), work.key(), work.sha()),
                                work.told()),
                        run.fence(),
                        run::dropped);
        };
    }
}
