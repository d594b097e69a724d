package dev.slipway.deployment.work;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.EnvironmentInput.WarmedUp;
import dev.slipway.deployment.environment.Work;
import dev.slipway.deployment.target.VersionClient;
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

/** Sends a version the policy's smoke requests until it is warm or its time is over; none of them counts. */
public final class WarmingUp {
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final VersionClient versions;
    private final WarmUpSettings settings;

    public WarmingUp(VersionClient versions, WarmUpSettings settings) {
        this.versions = versions;
        this.settings = settings;
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
        String text = Warmth.reached(windows) ? "warm" : "warm-up ended without agreement, on record";
        return new WarmedUp(
                work.key(),
                "%s after %d s and %d answers"
                        .formatted(
                                text,
                                windows.size(),
                                windows.stream().mapToInt(Window::answers).sum()));
    }

    private Window window(
            ExecutorService workers, TaskRun run, Work.WarmUp work, List<String> paths, AtomicInteger next, long end)
            throws InterruptedException, ExecutionException {
        List<Future<Window>> parts = new ArrayList<>();
        for (int worker = 0; worker < settings.atOnceMax(); worker++) {
            parts.add(workers.submit(() -> send(run, work, paths, next, end)));
        }
        int answers = 0;
        long nanos = 0;
        for (Future<Window> part : parts) {
            Window done = part.get();
            answers += done.answers();
            nanos += done.nanos();
        }
        return new Window(answers, nanos);
    }

    private Window send(TaskRun run, Work.WarmUp work, List<String> paths, AtomicInteger next, long end)
            throws InterruptedException {
        long pauseNanos = WINDOW.toNanos() * settings.atOnceMax() / settings.perSecondMax();
        int answers = 0;
        long nanos = 0;
        while (System.nanoTime() < end && !run.dropped()) {
            long began = System.nanoTime();
            try {
                versions.status(
                        work.address(),
                        paths.get(Math.floorMod(next.getAndIncrement(), paths.size())),
                        run.traceparent());
                answers++;
                nanos += System.nanoTime() - began;
            } catch (IOException noAnswer) {
                // not warm yet; whether it is good is judged later, on live traffic
            }
            Thread.sleep(Duration.ofNanos(Math.max(0, pauseNanos - (System.nanoTime() - began))));
        }
        return new Window(answers, nanos);
    }
}
