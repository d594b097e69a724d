package dev.slipway.bench;

import dev.slipway.bench.OverloadReport.Step;
import dev.slipway.bench.TableWriter.Kind;
import dev.slipway.contracts.policy.TrafficLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Overloads the split and looks at what must go on: an application whose version takes its time gets ten times as many
 * requests as may be under way, each asked again at once; then crowds of connections that do nothing, or read a kilobyte a
 * second, stand beside a few users. Answers stay right or say when to come back, the API and commands of people go on,
 * memory stays bounded, and what was overloaded recovers.
 */
public final class OverloadBench {
    private static final int AT_ONCE_MAX = 20;
    private static final int VERSION_MILLIS = 50;
    private static final int TIMES = 10;
    private static final int USERS = 8;
    private static final int PEOPLE = 2;
    private static final long PEOPLE_PAUSE_MILLIS = 20;
    private static final long TABLE_SEEN_MILLIS = 1_500;
    private static final int TURNS_MAX = 20;
    private static final long LOOK_MILLIS = 200;
    private static final long RECOVERY_STEP_MILLIS = 500;
    private static final double API_P99_SECONDS_MAX = 1;
    private static final double RECOVERY_SECONDS_MAX = 5;
    private static final int SLOW_BYTES = 4 << 20;
    private static final long OPENED_A_SECOND = 2_000;
    private static final long MEMORY_MEGABYTES_MAX = 768;
    private static final double STRETCHED_TIMES_MAX = 3;
    private static final long ALL_ARE_OPEN_MILLIS = 2_000;

    private final Size size;
    private final Consumer<String> told;

    /**
     * How hard.
     *
     * @param seconds each step on a quiet machine, 1 to 60
     * @param idle connections that do nothing
     * @param slow connections that hardly read
     * @param patience how many times longer than on a quiet machine anything may take, 1 to 20
     */
    public record Size(double seconds, int idle, int slow, double patience) {
        public Size {
            if (seconds < 1 || seconds > 60 || patience < 1 || patience > 20) {
                throw new IllegalArgumentException("a step takes 1 to 60 s, patience is 1 to 20");
            }
        }

        long millis() {
            return Math.round(seconds * 1_000 * Math.min(patience, STRETCHED_TIMES_MAX));
        }
    }

    public OverloadBench(Size size, Consumer<String> told) {
        this.size = size;
        this.told = told;
    }

    public OverloadReport run(RunningSplit.Starter starter) throws InterruptedException {
        try (Child version = Child.start(VersionMain.class);
                RunningSplit split = starter.start(Integer.parseInt(version.ready()));
                TableWriter table = new TableWriter(split.kafka(), Integer.parseInt(version.ready()));
                Run run = new Run(split, table)) {
            return run.all();
        }
    }

    /** One run, with its clients. */
    private final class Run implements AutoCloseable {
        private final RunningSplit split;
        private final TableWriter table;
        private final Asker users = new Asker();
        private final Asker readers = new Asker();
        private final Asker commanders = new Asker();
        private final Asker idlers = new Asker();
        private final Asker slow = new Asker();
        private final AtomicLong memoryMax = new AtomicLong();
        private final Thread memory;

        private Run(RunningSplit split, TableWriter table) {
            this.split = split;
            this.table = table;
            this.memory = Thread.ofPlatform().daemon().start(this::watchMemory);
        }

        private OverloadReport all() throws InterruptedException {
            limits(TrafficLimits.DEFAULT);
            told.accept("warming up");
            step(small().lasting(0, size.millis()));
            told.accept("quiet");
            Step quiet = answered(small().lasting(0, size.millis()));
            limits(new TrafficLimits(
                    TrafficLimits.FIRST_BYTE_WITHIN, TrafficLimits.BODY_MAX_BYTES, AT_ONCE_MAX, List.of()));
            told.accept("ten times as many requests as may be under way");
            Step flood = answered(Order.of(Work.SLOW_VERSION, VERSION_MILLIS, AT_ONCE_MAX * TIMES, split.front())
                    .lasting(0, 2 * size.millis()));
            double recovered = recovery(quiet.users().perSecond());
            limits(forAllAtOnce());
            told.accept("%,d idle connections and %,d slow readers".formatted(size.idle(), size.slow()));
            long opening = Math.round(size.patience()
                    * (TimeUnit.SECONDS.toMillis(Math.max(size.idle(), size.slow()) / OPENED_A_SECOND)
                            + ALL_ARE_OPEN_MILLIS));
            CompletableFuture<Tally> idle = crowd(idlers, Work.IDLE, 1_024, size.idle(), opening);
            CompletableFuture<Tally> slowly = crowd(slow, Work.SLOW_READER, SLOW_BYTES, size.slow(), opening);
            TimeUnit.MILLISECONDS.sleep(opening);
            Step crowded = answered(small().lasting(0, size.millis()));
            idlers.enough();
            slow.enough();
            return report(quiet, flood, recovered, crowded, idle.join(), slowly.join());
        }

        /** The crowd comes in one moment: what it holds is looked at, not how many may wait for their first byte. */
        private TrafficLimits forAllAtOnce() {
            return new TrafficLimits(
                    TrafficLimits.FIRST_BYTE_WITHIN,
                    TrafficLimits.BODY_MAX_BYTES,
                    Math.max(TrafficLimits.DEFAULT.inFlightMax(), 2 * size.slow()),
                    List.of());
        }

        private Order small() {
            return Order.of(Work.BYTES, 1_024, USERS, split.front());
        }

        /** It stays until it is told that it is enough. */
        private CompletableFuture<Tally> crowd(Asker asker, Work work, int bytes, int connections, long opening) {
            return asker.begin(Order.of(work, bytes, connections, split.front())
                    .lasting(0, opening + 2 * TURNS_MAX * size.millis()));
        }

        private void limits(TrafficLimits limits) throws InterruptedException {
            table.write(Kind.CANARY, limits);
            TimeUnit.MILLISECONDS.sleep(TABLE_SEEN_MILLIS);
            boolean seen = isIn(limits);
            for (int turn = 1; turn < TURNS_MAX && !seen; turn++) {
                seen = isIn(limits);
            }
        }

        /** A gateway on a machine that is busy with other things may have a table late; some are refused or none, as it says. */
        private boolean isIn(TrafficLimits limits) {
            Tally burst = users.run(Order.of(Work.SLOW_VERSION, VERSION_MILLIS, AT_ONCE_MAX * TIMES, split.front())
                    .lasting(0, RECOVERY_STEP_MILLIS));
            return burst.all() > 0 && burst.refused() > 0 == limits.inFlightMax() < AT_ONCE_MAX * TIMES;
        }

        /** On a machine that is busy with other things a step may pass before somebody has had a turn. */
        private Step answered(Order ofUsers) {
            Step step = step(ofUsers);
            for (int turn = 1; turn < TURNS_MAX && !step.answered(); turn++) {
                step = step(ofUsers);
            }
            return step;
        }

        /** Users of the application do something; people at the API go on beside it. */
        private Step step(Order ofUsers) {
            Order people = Order.of(Work.API, 0, PEOPLE, split.api())
                    .lasting(0, ofUsers.millis())
                    .pausing(PEOPLE_PAUSE_MILLIS);
            Order commands = Order.of(Work.COMMAND, 0, PEOPLE, split.api())
                    .lasting(0, ofUsers.millis())
                    .pausing(PEOPLE_PAUSE_MILLIS);
            CompletableFuture<Tally> read = readers.begin(people.as(List.of(split.viewer())));
            CompletableFuture<Tally> commanded = commanders.begin(commands.as(List.of(split.operator())));
            return new Step(users.run(ofUsers), read.join(), commanded.join());
        }

        private double recovery(double perSecondBefore) {
            long since = System.nanoTime();
            double waited = 0;
            while (waited < 2 * RECOVERY_SECONDS_MAX * size.patience()) {
                Tally now = users.run(small().lasting(0, RECOVERY_STEP_MILLIS));
                waited = (System.nanoTime() - since) / 1e9;
                if (now.right() && now.refused() == 0 && now.perSecond() >= perSecondBefore / 2) {
                    return Math.max(0, waited - RECOVERY_STEP_MILLIS / 1e3);
                }
            }
            return waited;
        }

        private void watchMemory() {
            try {
                while (true) {
                    ProcessFigures.residentBytes(split.front().pid())
                            .ifPresent(bytes -> memoryMax.accumulateAndGet(bytes, Math::max));
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }

        private OverloadReport report(
                Step quiet, Step flood, double recovered, Step crowded, Tally idle, Tally slowly) {
            double timesItCan = flood.users().perSecond() == 0
                    ? 0
                    : flood.users().all()
                            / flood.users().seconds()
                            / flood.users().perSecond();
            long megabytes = memoryMax.get() >> 20;
            Broken broken = new Broken();
            broken.of("quiet", quiet, 0);
            broken.of("flood", flood, Long.MAX_VALUE);
            broken.unless(
                    flood.users().refused() > 0, "nothing was refused in the flood: it was not more than what it can");
            broken.unless(
                    recovered <= RECOVERY_SECONDS_MAX * size.patience(),
                    "it recovered after %s s only".formatted(Goal.number(recovered)));
            broken.of("crowd", crowded, 0);
            broken.unless(idle.right() && idle.open() == size.idle(), "idle: " + idle);
            broken.unless(slowly.right() && slowly.open() == size.slow(), "slow readers: " + slowly);
            broken.unless(slowly.refused() == 0, "slow readers were refused %d times".formatted(slowly.refused()));
            broken.unless(megabytes <= MEMORY_MEGABYTES_MAX, "the gateway held %d MB".formatted(megabytes));
            return new OverloadReport(
                    quiet, flood, timesItCan, recovered, crowded, idle.open(), slowly.open(), megabytes, broken.all);
        }

        @Override
        public void close() {
            memory.interrupt();
            for (Asker asker : List.of(users, readers, commanders, idlers, slow)) {
                asker.close();
            }
        }
    }

    /** Collects what did not hold. */
    private final class Broken {
        private final List<String> all = new ArrayList<>();

        private void unless(boolean held, String otherwise) {
            if (!held) {
                all.add(otherwise);
            }
        }

        private void of(String name, Step step, long refusedMax) {
            unless(step.users().done() > 0, name + ": nobody was answered: " + step.users());
            unless(step.users().right(), name + ": users got wrong answers or none: " + step.users());
            unless(step.users().refused() <= refusedMax, name + ": users were refused: " + step.users());
            people(name + ": reading", step.reads());
            people(name + ": commands", step.commands());
        }

        private void people(String name, Tally tally) {
            unless(tally.right() && tally.refused() == 0 && tally.done() > 0, name + " did not go on: " + tally);
            unless(tally.p99Micros() / 1e6 <= API_P99_SECONDS_MAX * size.patience(), name + " took too long: " + tally);
        }
    }
}
