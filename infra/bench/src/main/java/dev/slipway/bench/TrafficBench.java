package dev.slipway.bench;

import dev.slipway.bench.TableWriter.Kind;
import dev.slipway.bench.TrafficReport.Measured;
import dev.slipway.bench.TrafficReport.Row;
import dev.slipway.contracts.policy.TrafficLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the split beside nginx and beside no proxy at all: the same client, the same version, one after the other in
 * every round. Each is warmed up first.
 */
public final class TrafficBench {
    static final int STREAMS = 200;
    /** What is not compiled ahead takes longer to be as it is on any later day. */
    private static final int COMPILED_FIRST_TIMES = 5;

    private static final int STREAM_TICK_MILLIS = 1_000;
    private static final long TABLE_SEEN_MILLIS = 1_500;
    private static final long SETTLING_MILLIS = 300;
    /** Streams have this many times a measurement to open, which is longer where measurements are. */
    private static final int OPENING_TIMES = 3;

    private static final int MANY = 32;
    private static final String NGINX = "nginx";
    private static final String SPLIT = "split";
    /** Compilers finish what the rounds gave them, and connections that nobody needs end. */
    private static final long IDLE_REST_MILLIS = 20_000;

    private static final int IDLE_TIMES = 10;

    private static final Cell SMALL = new Cell("1 KB", Work.BYTES, 1_024, MANY);
    private static final Cell LARGE = new Cell("1 MB", Work.BYTES, 1 << 20, MANY);
    private static final Cell ECHOES = new Cell("WebSocket echo of 1 KB", Work.ECHO, 1_024, MANY);
    private static final List<Cell> CELLS = Stream.of(
                    SMALL,
                    LARGE,
                    new Cell("upload of 64 KB in chunks", Work.UPLOAD, 65_536, MANY),
                    new Cell("event stream of 64 events of 1 KB", Work.EVENTS, 64, MANY),
                    ECHOES)
            .flatMap(cell -> Stream.of(cell.over(1), cell))
            .toList();

    private final Settings settings;
    private final Consumer<String> told;
    private final Map<Key, List<Sample>> samples = new LinkedHashMap<>();

    /**
     * How long it is measured.
     *
     * @param rounds 1 to 20
     * @param seconds each piece of work through each target in each round, 0.2 to 60
     * @param warmUpSeconds each piece of work through each target before the first round; five times as long through the
     *     split
     */
    public record Settings(int rounds, double seconds, double warmUpSeconds) {
        public Settings {
            if (rounds < 1 || rounds > 20 || seconds < 0.2 || seconds > 60 || warmUpSeconds < 0 || warmUpSeconds > 60) {
                throw new IllegalArgumentException(
                        "rounds are 1 to 20, seconds 0.2 to 60, the warm-up is 0 to 60 seconds");
            }
        }

        long millis() {
            return Math.round(seconds * 1_000);
        }

        long warmUpMillis() {
            return Math.max(1, Math.round(warmUpSeconds * 1_000));
        }
    }

    private record Cell(String name, Work work, int size, int connections) {
        Cell over(int other) {
            return new Cell(name, work, size, other);
        }
    }

    private record Key(Cell cell, String target) {}

    /** @param micros of the measured process for a piece of work */
    private record Sample(Tally tally, OptionalDouble micros) {}

    /** @param told hears how far it is */
    public TrafficBench(Settings settings, Consumer<String> told) {
        this.settings = settings;
        this.told = told;
    }

    public TrafficReport run(RunningSplit.Starter starter) throws IOException, InterruptedException {
        Optional<Path> program = Nginx.program();
        try (Child version = Child.start(VersionMain.class);
                Asker asker = new Asker();
                Asker beside = new Asker();
                RunningSplit split = starter.start(Integer.parseInt(version.ready()));
                TableWriter table = new TableWriter(split.kafka(), Integer.parseInt(version.ready()));
                @Nullable
                        Nginx nginx = program.isPresent()
                                ? Nginx.start(program.get(), Integer.parseInt(version.ready()))
                                : null) {
            List<Target> targets = new ArrayList<>();
            targets.add(new Target("direct", "127.0.0.1:" + version.ready(), TableWriter.HOST, "", 0));
            if (nginx != null) {
                targets.add(nginx.target());
            }
            targets.add(split.front());
            write(table, Kind.CANARY);
            warmUp(asker, targets);
            List<Double> canary = new ArrayList<>();
            for (int round = 1; round <= settings.rounds(); round++) {
                told.accept("round %d of %d".formatted(round, settings.rounds()));
                write(table, Kind.CANARY);
                for (Cell cell : CELLS) {
                    for (Target target : targets) {
                        sample(asker, cell, target);
                    }
                    Collections.rotate(targets, 1);
                }
                canary.add(canaryToPlain(asker, beside, split, table));
            }
            told.accept("idle");
            write(table, Kind.PLAIN);
            OptionalDouble idle = idle(split.front());
            return report(program, Comparing.median(canary), idle);
        }
    }

    private void write(TableWriter table, Kind kind) throws InterruptedException {
        table.write(kind, TrafficLimits.DEFAULT);
        TimeUnit.MILLISECONDS.sleep(TABLE_SEEN_MILLIS);
    }

    private void warmUp(Asker asker, List<Target> targets) {
        for (Target target : targets) {
            told.accept("warming up " + target.name());
            for (Cell cell : CELLS) {
                long millis = settings.warmUpMillis() * (target.name().equals(SPLIT) ? COMPILED_FIRST_TIMES : 1);
                asker.run(Order.of(cell.work(), cell.size(), cell.connections(), target)
                        .lasting(0, millis));
            }
        }
    }

    private void sample(Asker asker, Cell cell, Target target) {
        samples.computeIfAbsent(new Key(cell, target.name()), _ -> new ArrayList<>())
                .add(seen(asker, cell, target));
    }

    private Sample seen(Asker asker, Cell cell, Target target) {
        return Asker.untilSomethingIsSeen(order(cell, target), order -> sampled(asker, order, target), Sample::tally);
    }

    private Order order(Cell cell, Target target) {
        return Order.of(cell.work(), cell.size(), cell.connections(), target)
                .lasting(SETTLING_MILLIS, settings.millis());
    }

    private static Sample sampled(Asker asker, Order order, Target target) {
        OptionalDouble before = ProcessFigures.processorSeconds(target.pid());
        Tally tally = asker.run(order);
        OptionalDouble after = ProcessFigures.processorSeconds(target.pid());
        OptionalDouble micros = before.isEmpty() || after.isEmpty() || tally.all() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((after.getAsDouble() - before.getAsDouble()) * 1e6 / tally.all());
        return new Sample(tally, micros);
    }

    private double canaryToPlain(Asker asker, Asker beside, RunningSplit split, TableWriter table)
            throws InterruptedException {
        write(table, Kind.PLAIN);
        Sample plain = seen(asker, SMALL, split.front());
        write(table, Kind.CANARY);
        long opening = Math.max(TABLE_SEEN_MILLIS, OPENING_TIMES * settings.millis());
        CompletableFuture<Tally> streams = beside.begin(Order.of(Work.TICKS, STREAM_TICK_MILLIS, STREAMS, split.front())
                .lasting(0, opening + Asker.looking(order(SMALL, split.front()))));
        TimeUnit.MILLISECONDS.sleep(opening);
        Sample canary = seen(asker, SMALL, split.front());
        beside.enough();
        Tally open = streams.join();
        samples.computeIfAbsent(new Key(SMALL, "split, without a canary"), _ -> new ArrayList<>())
                .add(plain);
        samples.computeIfAbsent(
                        new Key(SMALL, "split, canary beside %d streams".formatted(STREAMS)), _ -> new ArrayList<>())
                .add(new Sample(with(canary.tally(), open), canary.micros()));
        return plain.tally().perSecond() == 0
                ? 0
                : canary.tally().perSecond() / plain.tally().perSecond();
    }

    /** What went wrong with the streams counts for what was measured beside them. */
    private static Tally with(Tally measured, Tally streams) {
        return new Tally(
                measured.done(),
                measured.all(),
                measured.refused() + streams.refused(),
                measured.wrong() + streams.wrong(),
                measured.failed() + streams.failed() + (streams.open() < STREAMS ? 1 : 0),
                streams.open(),
                measured.seconds(),
                measured.p50Micros(),
                measured.p99Micros(),
                measured.maxMicros(),
                Stream.of(
                                measured.example(),
                                streams.example(),
                                streams.open() < STREAMS
                                        ? "%d of %d streams were open".formatted(streams.open(), STREAMS)
                                        : "")
                        .filter(example -> !example.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    /** One verified version, its table repeated as ever, and nobody who asks for anything. */
    private OptionalDouble idle(Target front) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(IDLE_REST_MILLIS);
        OptionalDouble before = ProcessFigures.processorSeconds(front.pid());
        double seconds = IDLE_TIMES * settings.seconds();
        TimeUnit.MILLISECONDS.sleep(Math.round(seconds * 1_000));
        OptionalDouble after = ProcessFigures.processorSeconds(front.pid());
        return before.isEmpty() || after.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((after.getAsDouble() - before.getAsDouble()) * 100 / seconds);
    }

    /** In one order for all kinds of work, whatever the order in which they were measured. */
    private Map<Cell, List<Measured>> byCell() {
        Map<Cell, List<Measured>> byCell = new LinkedHashMap<>();
        samples.forEach((key, list) -> byCell.computeIfAbsent(key.cell(), _ -> new ArrayList<>())
                .add(measured(key.target(), list, samples.getOrDefault(new Key(key.cell(), NGINX), List.of()))));
        byCell.values().forEach(list -> list.sort(Comparator.comparing(Measured::target)));
        return byCell;
    }

    private TrafficReport report(Optional<Path> program, double canary, OptionalDouble idle) {
        Map<Cell, List<Measured>> byCell = byCell();
        List<Row> rows = byCell.entrySet().stream()
                .map(entry -> new Row(entry.getKey().name(), entry.getKey().connections(), entry.getValue()))
                .toList();
        Double idlePercent = idle.isPresent() ? Double.valueOf(idle.getAsDouble()) : null;
        return new TrafficReport(
                Runtime.getRuntime().availableProcessors(),
                settings.rounds(),
                settings.seconds(),
                program.map(Path::toString).orElse(null),
                rows,
                canary,
                idlePercent,
                goals(byCell, canary, idlePercent));
    }

    private static Measured measured(String target, List<Sample> all, List<Sample> ofNginx) {
        return new Measured(
                target,
                Comparing.median(each(all, Tally::perSecond)),
                Comparing.ratio(each(all, Tally::perSecond), each(ofNginx, Tally::perSecond)),
                all.stream().allMatch(sample -> sample.micros().isPresent())
                        ? Double.valueOf(Comparing.median(all.stream()
                                .map(sample -> sample.micros().getAsDouble())
                                .toList()))
                        : null,
                Comparing.median(each(all, Tally::p50Micros)) / 1_000,
                Comparing.median(each(all, Tally::p99Micros)) / 1_000,
                Comparing.ratio(each(all, Tally::p99Micros), each(ofNginx, Tally::p99Micros)),
                all.stream().mapToLong(sample -> sample.tally().wrong()).sum(),
                all.stream()
                        .mapToLong(sample ->
                                sample.tally().failed() + sample.tally().refused())
                        .sum(),
                all.stream()
                        .map(sample -> sample.tally().example())
                        .filter(example -> !example.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    private static List<Double> each(List<Sample> all, java.util.function.ToDoubleFunction<Tally> figure) {
        return all.stream().map(sample -> figure.applyAsDouble(sample.tally())).toList();
    }

    private static List<Goal> goals(Map<Cell, List<Measured>> byCell, double canary, @Nullable Double idle) {
        Measured small = split(byCell, SMALL);
        return List.of(
                new Goal("1 KB over 32 connections, requests a second of nginx's", small.ofNginx(), true, 0.33),
                new Goal("the same, µs of the gateway's processor time a request", small.micros(), false, 60),
                new Goal("the same, p99 in p99 of nginx's", small.p99OfNginx(), false, 3),
                new Goal(
                        "1 MB over 32 connections, answers a second of nginx's",
                        split(byCell, LARGE).ofNginx(),
                        true,
                        0.9),
                new Goal(
                        "WebSocket echo over 32 connections, messages a second of nginx's",
                        split(byCell, ECHOES).ofNginx(),
                        true,
                        0.5),
                new Goal("canary, counted, beside event streams, to one version without", canary, true, 0.9),
                new Goal("idle gateway, % of a core", idle, false, 0.5));
    }

    private static Measured split(Map<Cell, List<Measured>> byCell, Cell cell) {
        return byCell.getOrDefault(cell, List.of()).stream()
                .filter(each -> each.target().equals(SPLIT))
                .findFirst()
                .orElseThrow();
    }
}
