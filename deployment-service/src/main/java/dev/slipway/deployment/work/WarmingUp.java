package dev.slipway.deployment.work;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.EnvironmentInput.WarmedUp;
import dev.slipway.deployment.environment.Work;
import dev.slipway.deployment.target.VersionClient;
import dev.slipway.deployment.target.VersionClient.Speaks;
import dev.slipway.deployment.work.Warmth.Counting;
import dev.slipway.deployment.work.Warmth.Window;
import dev.slipway.messaging.TaskRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a version the policy's smoke requests until it is warm or its time is over; none of them counts. Where the rollout
 * wants it, they must then be answered as they should.
 */
public final class WarmingUp {
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final VersionClient versions;
    private final WarmUpSettings settings;
    private final SmokeCheck check;

    public WarmingUp(VersionClient versions, WarmUpSettings settings) {
        this.versions = versions;
        this.settings = settings;
        this.check = new SmokeCheck(versions, settings.checkWithin(), settings.bodyBytesMax());
    }

    public EnvironmentInput perform(TaskRun run, Work.WarmUp work) throws InterruptedException, ExecutionException {
        List<String> paths = work.requests().isEmpty()
                ? List.of(work.health())
                : work.requests().stream().map(Gate.HttpProbe::get).toList();
        List<Window> windows = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        long until = System.nanoTime() + work.longest().toNanos();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!Warmth.reached(windows) && System.nanoTime() < until && !run.dropped()) {
                long windowEnd = Math.min(until, System.nanoTime() + WINDOW.toNanos());
                windows.add(window(workers, run, work, paths, next, windowEnd));
            }
        }
        String text = Warmth.reached(windows) ? "warm" : "warm-up ended before its latencies stood still, on record:";
        String warmth = "%s after %d s and %d answers"
                .formatted(
                        text,
                        windows.size(),
                        windows.stream().mapToLong(Window::answers).sum());
        return work.checks() ? checked(run, work, warmth) : new WarmedUp(work.key(), warmth, null);
    }

    private WarmedUp checked(TaskRun run, Work.WarmUp work, String warmth) throws InterruptedException {
        String wrong = check.wrong(run, work).orElse(null);
        String said = wrong == null ? "; it answers its smoke requests as it should" : "";
        return new WarmedUp(work.key(), warmth + said, wrong);
    }

    private Window window(
            ExecutorService workers, TaskRun run, Work.WarmUp work, List<String> paths, AtomicInteger next, long end)
            throws InterruptedException, ExecutionException {
        List<Future<Counting>> parts = new ArrayList<>();
        for (int worker = 0; worker < settings.atOnceMax(); worker++) {
            parts.add(workers.submit(() -> send(run, work, paths, next, end)));
        }
        Counting all = new Counting();
        for (Future<Counting> part : parts) {
            all.add(part.get());
        }
        return all.window();
    }

    private Counting send(TaskRun run, Work.WarmUp work, List<String> paths, AtomicInteger next, long end)
            throws InterruptedException {
        long pauseNanos = WINDOW.toNanos() * settings.atOnceMax() / settings.perSecondMax();
        Counting counting = new Counting();
        while (System.nanoTime() < end && !run.dropped()) {
            long began = System.nanoTime();
            try {
                versions.status(
                        work.address(),
                        Speaks.of(work.http2()),
                        paths.get(Math.floorMod(next.getAndIncrement(), paths.size())),
                        run.traceparent());
                counting.answered(System.nanoTime() - began);
            } catch (IOException noAnswer) {
                // not warm yet; whether it is good is judged later, on live traffic
            }
            Thread.sleep(Duration.ofNanos(Math.max(0, pauseNanos - (System.nanoTime() - began))));
        }
        return counting;
    }
}
