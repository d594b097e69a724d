package dev.slipway.messaging;

import dev.slipway.messaging.Deciding.TaskKind;
import dev.slipway.messaging.StoredAggregate.Task;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.tracing.Span;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims, performs and watches tasks. Whose lease has run out is judged by this instance's own monotonic clock. */
final class Tasks {
    private static final Logger log = LoggerFactory.getLogger(Tasks.class);

    private final Surroundings around;
    private final String holder = UUID.randomUUID().toString();
    private final Semaphore room;
    private final Backoff backoff;
    private final Map<String, Run> running = new ConcurrentHashMap<>();
    private final Looking looking;
    private final Map<String, Sighting> others = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Tasks(Surroundings around) {
        this.around = around;
        this.room = new Semaphore(around.settings().tasksAtOnceMax());
        this.backoff = new Backoff(around.settings(), around.monotonicNanos());
        this.looking = new Looking("tasks", around.settings().sweepDocumentsMax(), around.settings());
    }

    /** Shows how many tasks of a kind run here. */
    void measure(Deciding<?, ?> aggregates, String taskKind) {
        Gauge.builder("slipway.tasks.running", this, all -> all.running(aggregates, taskKind))
                .tag("aggregate", aggregates.kind().name())
                .tag("kind", taskKind)
                .register(around.meters());
    }

    private long running(Deciding<?, ?> aggregates, String taskKind) {
        return running.values().stream()
                .filter(run -> run.aggregates == aggregates && taskKind.equals(run.kind))
                .count();
    }

    /** Claims a task and performs it, if nobody else does and there is room; else the next sweep looks again. */
    void offer(Deciding<?, ?> aggregates, String id, String taskId) {
        Run run = new Run(aggregates, id, taskId);
        if (stopping || !backoff.ready(run.key)) {
            return;
        }
        Run other = running.putIfAbsent(run.key, run);
        if (other != null) {
            other.wantedAgain = true; // its outcome started the same task anew
        } else if (room.tryAcquire()) {
            around.executor().execute(() -> work(run));
        } else {
            running.remove(run.key);
        }
    }

    private void work(Run run) {
        try {
            run.thread = Thread.currentThread();
            Task task = claim(run);
            if (task != null) {
                perform(run.aggregates, run, task);
            }
            backoff.succeeded(run.key);
        } catch (Exception trouble) {
            Thread.interrupted(); // the interrupt was for the handler; letting go needs the store
            if (stopping) {
                log.info("Task {} was interrupted by the stop: {}", run.key, trouble.toString());
            } else {
                log.error("Task {} broke and is performed again in {}", run.key, backoff.failed(run.key), trouble);
            }
            letGo(run);
        } finally {
            running.remove(run.key);
            room.release();
            if (run.wantedAgain) {
                offer(run.aggregates, run.id, run.taskId);
            }
        }
    }

    /** Null if the task is gone, or another holds it. */
    private @Nullable Task claim(Run run) {
        for (int tries = 0; tries < around.settings().decideTriesMax(); tries++) {
            StoredAggregate found = run.aggregates.store().live(run.id).orElse(null);
            Task task = found == null ? null : found.tasks().get(run.taskId);
            if (found == null || task == null || !free(run.key, task)) {
                return null;
            }
            run.lastBeatNanos = now();
            long fence = found.version() + 1;
            Task held = task.heldBy(holder, fence);
            if (run.aggregates.store().update(found, found.withTask(run.taskId, held))) {
                run.kind = task.kind();
                run.claimedBefore = task.fence() > 0;
                run.fence = fence;
                return held;
            }
        }
        return null;
    }

    private <S, I> void perform(Deciding<S, I> aggregates, Run run, Task task) throws Exception {
        TaskKind<?, I> kind = aggregates.kind().tasks().get(task.kind());
        if (kind == null) {
            throw new IllegalStateException("No handler for tasks of kind " + task.kind());
        }
        around.tracing().hop(Span.Kind.CONSUMER, "task " + task.kind(), run.key, Lineage.of(task.from()), own -> {
            run.traceparent = own.traceparent();
            I outcome = handle(kind, run, task);
            store(aggregates, run, task, outcome, own);
        });
    }

    private <S, I> void store(Deciding<S, I> aggregates, Run run, Task task, I outcome, Lineage own)
            throws InterruptedException {
        while (!run.dropped) {
            try {
                aggregates.complete(run.id, run.taskId, task.kind(), run.fence, outcome, own);
                return;
            } catch (RuntimeException trouble) {
                if (!Transience.passes(trouble)) {
                    throw trouble;
                }
                log.warn("Outcome of task {} is not stored yet: {}", run.key, trouble.toString());
                Thread.sleep(backoff.failed(run.key)); // the work is done and must not be done again for this
            }
        }
        letGo(run);
    }

    private <B, I> I handle(TaskKind<B, I> kind, Run run, Task task) throws Exception {
        return kind.handler().perform(run, around.json().readValue(task.body(), kind.bodyType()));
    }

    /** Gives the task back without an outcome, if it is still held here. */
    private void letGo(Run run) {
        try {
            StoredAggregate found = run.aggregates.store().live(run.id).orElse(null);
            Task task = found == null ? null : found.tasks().get(run.taskId);
            if (found != null && task != null && holder.equals(task.holder()) && task.fence() == run.fence) {
                Task free = task.heldBy(null, run.fence);
                run.aggregates.store().update(found, found.withTask(run.taskId, free));
            }
        } catch (RuntimeException trouble) {
            log.warn("Task {} is free only after its lease: {}", run.key, trouble.toString());
        }
    }

    /** The aggregate has no use for this task any more. */
    void drop(Deciding<?, ?> aggregates, String id, String taskId) {
        Run run = running.get(new Run(aggregates, id, taskId).key);
        if (run != null) {
            run.dropped = true;
        }
    }

    /** Looks for tasks that nobody performs, or whose holder's beat stood still for the length of a lease. */
    void sweep(Collection<Deciding<?, ?>> kinds) {
        for (Deciding<?, ?> kind : kinds) {
            looking.through(
                    kind.kind().name(),
                    skip -> kind.store().withTasks(skip, looking.pageSize()),
                    found -> found.tasks().forEach((taskId, task) -> {
                        String key = new Run(kind, found.id(), taskId).key;
                        if (!running.containsKey(key) && free(key, task)) {
                            offer(kind, found.id(), taskId);
                        }
                    }));
        }
        long forgotten = now() - 10 * around.settings().taskLease().toNanos();
        others.values().removeIf(seen -> seen.looked - forgotten < 0);
    }

    private boolean free(String key, Task task) {
        if (task.holder() == null) {
            return true;
        }
        Sighting fresh = new Sighting(task.fence(), task.beat(), now(), now());
        long blindNanos = around.settings().blindAfter().toNanos();
        Sighting seen = others.merge(key, fresh, (before, now) -> before.then(now, blindNanos));
        return seen.looked - seen.since >= around.settings().taskLease().toNanos();
    }

    /** Says of all that run here that they live; called three times per lease. */
    void beat() {
        running.values().stream()
                .filter(run -> run.fence > 0)
                .forEach(run -> around.executor().execute(() -> beat(run)));
    }

    private void beat(Run run) {
        long now = now();
        try {
            if (run.aggregates.store().beat(run.id, run.taskId, run.fence, now)) {
                run.lastBeatNanos = now;
            } else {
                run.dropped = true;
            }
        } catch (RuntimeException trouble) {
            log.warn("No beat for task {}: {}", run.key, trouble.toString());
            run.dropped |=
                    now - run.lastBeatNanos >= around.settings().taskLease().toNanos(); // another may hold it
        }
    }

    private long now() {
        return around.monotonicNanos().getAsLong();
    }

    /** Ends what runs and lets go of it, so that another instance need not wait for a lease. */
    void stop() {
        stopping = true;
        running.values().forEach(run -> {
            run.dropped = true;
            Thread thread = run.thread;
            if (thread != null) {
                thread.interrupt();
            }
        });
    }

    boolean idle() {
        return running.isEmpty();
    }

    /** What was seen of a held task: since when its beat stands still. */
    private record Sighting(long fence, long beat, long since, long looked) {
        /** @param blindNanos who did not look for so long (the store was away) knows nothing of the time between */
        Sighting then(Sighting fresh, long blindNanos) {
            boolean still = fence == fresh.fence && beat == fresh.beat;
            return still && fresh.looked - looked < blindNanos ? new Sighting(fence, beat, since, fresh.looked) : fresh;
        }
    }

    private static final class Run implements TaskRun {
        private final Deciding<?, ?> aggregates;
        private final String id;
        private final String taskId;
        private final String key;
        private volatile @Nullable Thread thread;
        private volatile @Nullable String kind;
        private volatile @Nullable String traceparent;
        private volatile boolean claimedBefore;
        private volatile long fence;
        private volatile long lastBeatNanos;
        private volatile boolean dropped;
        private volatile boolean wantedAgain;

        Run(Deciding<?, ?> aggregates, String id, String taskId) {
            this.aggregates = aggregates;
            this.id = id;
            this.taskId = taskId;
            this.key = aggregates.source(id) + "#" + taskId;
        }

        @Override
        public String aggregateId() {
            return id;
        }

        @Override
        public String taskId() {
            return taskId;
        }

        @Override
        public long fence() {
            return fence;
        }

        @Override
        public @Nullable String traceparent() {
            return traceparent;
        }

        @Override
        public boolean claimedBefore() {
            return claimedBefore;
        }

        @Override
        public boolean dropped() {
            return dropped;
        }
    }
}
